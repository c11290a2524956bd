// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

final class PictureTest {

  private static final Grid LEFT = new Grid(0, 0, 12, 8);
  private static final Grid RIGHT = new Grid(12, 0, 12, 8);

  @Test
  void drawsEachPanelWithTitleLegendAndUnit() throws Exception {
    Picture picture =
        Picture.ofGrafana("Service", "Graphite")
            .lines("Response time", LEFT, "ms", List.of(series("p95", 100, Double.NaN, 1_400)))
            .stacked("Requests", RIGHT, "reqps", List.of(series("2xx", 3, 4), series("5xx", 1, 0)));

    Document svg = parsed(picture);

    assertThat(texts(svg))
        .contains("Service", "Graphite", "Response time", "p95", "1.5 s")
        .contains("Requests", "2xx", "5xx", "4/s")
        .doesNotContain("no data");
    assertThat(svg.getElementsByTagName("path").getLength()).isEqualTo(1);
    assertThat(path(svg)).as("a gap").matches("M[\\d.]+ [\\d.]+M[\\d.]+ [\\d.]+");
  }

  @Test
  void saysWhereThereIsNoData() throws Exception {
    Picture picture =
        Picture.ofKibana("Exceptions", "Elasticsearch")
            .table("Kinds", LEFT, List.of("type"), List.of())
            .lines("Over time", RIGHT, "short", List.of(series("all", Double.NaN)));

    assertThat(texts(parsed(picture))).filteredOn("no data"::equals).hasSize(2);
  }

  @Test
  void takesHostileTextAsText() throws Exception {
    Picture picture =
        Picture.ofKibana("<script>", "a & b")
            .table("t", LEFT, List.of("c"), List.of(List.of("x\n\tat y\u0000")))
            .bars("b", RIGHT, "short", List.of(new Value("'\"]]>", 1_234)));

    assertThat(texts(parsed(picture)))
        .contains("<script>", "a & b", "x", "\u00a0\u00a0\u00a0\u00a0at y ", "'\"]]>", "1.23 K");
  }

  @Test
  void wrapsNotesWithoutTheirMarks() throws Exception {
    Picture picture =
        Picture.ofGrafana("Service", "Graphite")
            .note("How", new Grid(0, 0, 4, 8), "Follow the **Request id** or type `trace.id`.");

    assertThat(texts(parsed(picture))).contains("Follow the Request id or ", "type trace.id. ");
  }

  @Test
  void writesNumbersForReaders() {
    assertThat(Picture.text("ms", 0.25)).isEqualTo("250 µs");
    assertThat(Picture.text("ns", 12_345_678)).isEqualTo("12.3 ms");
    assertThat(Picture.text("bytes", 1.5 * 1024 * 1024)).isEqualTo("1.5 MiB");
    assertThat(Picture.text("percentunit", 0.125)).isEqualTo("12.5 %");
    assertThat(Picture.text("short", 0)).isEqualTo("0");
    assertThat(Picture.text("short", 100)).isEqualTo("100");
    assertThat(Picture.text("s", Double.NaN)).isEqualTo("–");
  }

  private static Series series(String name, double... values) {
    List<Series.Point> points = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      points.add(new Series.Point(1_800_000_000_000L + i * 1_000, values[i]));
    }
    return new Series(name, points);
  }

  private static Document parsed(Picture picture) throws Exception {
    byte[] bytes = picture.svg().getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bytes));
  }

  private static List<String> texts(Document svg) {
    NodeList nodes = svg.getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  private static String path(Document svg) {
    return svg.getElementsByTagName("path")
        .item(0)
        .getAttributes()
        .getNamedItem("d")
        .getNodeValue();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compose, Terraform and Telegraf cannot be run here; what they name at least exists. */
class StackFilesTest {

  private static final Path COMPOSE = Path.of("compose/docker-compose.yml");

  @Test
  void composeMountsFilesThatExist() throws IOException {
    int mounts = 0;
    for (JsonNode service : services()) {
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asText().replaceFirst(":.*", "");
        if (source.startsWith("..")) {
          assertThat(COMPOSE.resolveSibling(source)).as(volume.asText()).exists();
          mounts++;
        }
      }
    }
    assertThat(mounts).isGreaterThan(10);
  }

  @Test
  void composePinsVersionsAndListensOnLoopbackOnly() throws IOException {
    assertThat(services()).hasSizeGreaterThan(8);
    for (JsonNode service : services()) {
      assertThat(service.path("image").asText()).matches(".+:v?\\d+\\.\\d+\\.\\d+(-\\d+)?");
      service.path("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
    }
  }

  @Test
  void terraformReadsFilesThatExist() throws IOException {
    String terraform = Files.readString(Path.of("terraform/main.tf"));

    List<String> files =
        Pattern.compile("\\(\"\\$\\{local\\.here}/([^\"]+)\"")
            .matcher(terraform)
            .results()
            .map(found -> found.group(1).replaceAll("/\\$\\{each\\.value}", ""))
            .toList();
    assertThat(files).hasSizeGreaterThan(5);
    for (Store store : Stores.all()) {
      for (String file : files) {
        assertThat(Path.of(file.replace("${var.store}", store.folder()))).exists();
      }
      assertThat(terraform).contains("\"" + store.folder() + "\"");
    }
  }

  @Test
  void telegrafAndInfluxDbPutNamesInTheSamePlaces() throws IOException {
    assertThat(templates("telegraf/telegraf.conf", "\"sonde.*.*.", "\\."))
        .hasSizeGreaterThan(8)
        .isEqualTo(templates("influxdb/influxdb.conf", "\"stats.*.*.*.*.", "\\.\\.\\."));
  }

  /** Without what statsd puts before and behind a name. */
  private static TreeSet<String> templates(String file, String before, String dropped)
      throws IOException {
    TreeSet<String> templates = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of(file))) {
      if (line.strip().startsWith(before)) {
        templates.add(
            line.strip()
                .substring(before.length())
                .replace(".field*", "")
                .replaceFirst(" " + dropped + "service", " service"));
      }
    }
    return templates;
  }

  private static JsonNode services() throws IOException {
    return new YAMLMapper().readTree(COMPOSE.toFile()).path("services");
  }
}

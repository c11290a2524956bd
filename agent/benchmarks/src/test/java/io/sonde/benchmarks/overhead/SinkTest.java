// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class SinkTest {

  private static final String SPAN =
      "{\"traceId\":\"4bf92f3577b34da6\",\"id\":\"00f067aa0ba902b7\","
          + "\"tags\":{\"http.path\":\"/\\\"traceId\\\"\"}}";

  @Test
  void countsSpansInJson() throws Exception {
    try (Sink sink = new Sink()) {
      post(sink, json(3), false);
      post(sink, json(1), false);
      post(sink, "[]", false);

      assertThat(sink.spans()).isEqualTo(4);
    }
  }

  @Test
  void countsSpansInGzip() throws Exception {
    try (Sink sink = new Sink()) {
      post(sink, json(5), true);

      assertThat(sink.spans()).isEqualTo(5);
    }
  }

  /** Its reader's buffer ends within a name somewhere. */
  @Test
  void countsSpansOfALargeMessage() throws Exception {
    try (Sink sink = new Sink()) {
      post(sink, json(10_000), false);
      post(sink, json(10_000), true);

      assertThat(sink.spans()).isEqualTo(20_000);
    }
  }

  private static String json(int spans) {
    return "[" + String.join(",", Collections.nCopies(spans, SPAN)) + "]";
  }

  private static void post(Sink sink, String json, boolean zipped)
      throws IOException, InterruptedException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sink.endpoint()));
    if (zipped) {
      request.header("Content-Encoding", "gzip");
    }
    request.POST(BodyPublishers.ofByteArray(zipped ? gzip(body) : body));

    int status =
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding()).statusCode();

    assertThat(status).isEqualTo(202);
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(body);
    }
    return bytes.toByteArray();
  }
}

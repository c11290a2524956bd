// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Requests of a test. No redirect is followed; everything takes 10 s at most. */
public final class Http {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
  private static final HttpClient CLIENT2 =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).connectTimeout(LIMIT).build();

  private Http() {}

  /** What came back. */
  public record Response(int status, HttpHeaders headers, String body) {

    public Optional<String> header(String name) {
      return headers.firstValue(name);
    }

    public JsonNode json() {
      return Json.parse(body);
    }
  }

  /**
   * @param headers names and values by turns
   * @throws UncheckedIOException when no response came
   */
  public static Response get(String url, String... headers) {
    return send("GET", url, "", headers);
  }

  /**
   * @param headers names and values by turns
   * @throws UncheckedIOException when no response came
   */
  public static Response send(String method, String url, String body, String... headers) {
    return send(CLIENT, method, url, body, headers);
  }

  /**
   * A GET over HTTP/2, to {@code http} by an upgrade.
   *
   * @throws UncheckedIOException when no response came, or one over HTTP/1.1
   */
  public static Response overHttp2(String url, String... headers) {
    return send(CLIENT2, "GET", url, "", headers);
  }

  private static Response send(
      HttpClient client, String method, String url, String body, String... headers) {
    BodyPublisher content =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).method(method, content);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      if (response.version() != client.version()) {
        throw new IOException("answered over " + response.version());
      }
      return new Response(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method + " " + url + " interrupted", e);
    }
  }
}

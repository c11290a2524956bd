// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.service;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the overhead benchmark asks. {@code java -Dbenchmark.figures.port=9000 -jar service.jar
 * --server.port=8080}; without the property, no figures.
 */
@SpringBootApplication
@RestController
public class Service {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI hello;

  Service(@Value("${server.port}") int port) {
    hello = URI.create("http://127.0.0.1:" + port + "/hello");
  }

  public static void main(String[] arguments) throws IOException {
    Figures.serveIfAsked();
    SpringApplication.run(Service.class, arguments);
  }

  @GetMapping("/hello")
  String hello() {
    return "hello";
  }

  /** Calls this service: with tracing, three spans. */
  @GetMapping("/chain")
  String chain() throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(hello).build(), BodyHandlers.ofString()).body();
  }

  /** The same with the JDK's old client; its connections are kept alive, too. */
  @GetMapping("/url")
  String url() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) hello.toURL().openConnection();
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @GetMapping("/boom")
  String boom() {
    throw new IllegalStateException("boom");
  }
}

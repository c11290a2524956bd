// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.service;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the overhead benchmark asks. {@code java -jar service.jar --server.port=8080}. */
@SpringBootApplication
@RestController
public class Service {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public static void main(String[] arguments) {
    SpringApplication.run(Service.class, arguments);
  }

  @GetMapping("/hello")
  String hello() {
    return "hello";
  }

  /** Calls this service: with tracing, three spans. */
  @GetMapping("/chain")
  String chain(@RequestParam int port) throws IOException, InterruptedException {
    URI hello = URI.create("http://127.0.0.1:" + port + "/hello");
    return client.send(HttpRequest.newBuilder(hello).build(), BodyHandlers.ofString()).body();
  }

  @GetMapping("/boom")
  String boom() {
    throw new IllegalStateException("boom");
  }

  /** Of the whole JVM, agents included. Bytes are those of the threads that live. */
  @GetMapping("/stats")
  Map<String, Long> stats(@RequestParam(defaultValue = "false") boolean gc) {
    if (gc) {
      System.gc();
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      allocated += Math.max(0, bytes);
    }
    return Map.of(
        "allocated", allocated,
        "heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        "classes", ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
  }
}

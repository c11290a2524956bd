// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.time.Duration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A controller of Spring WebFlux, without Spring Boot, on Reactor Netty. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) {
    HttpHandler handler =
        WebHttpHandlerBuilder.applicationContext(
                new AnnotationConfigApplicationContext(Application.class))
            .build();
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(new ReactorHttpHandlerAdapter(handler))
            .bindNow();
    System.out.println("listening on " + server.port());
    server.onDispose().block();
  }

  /** The application and its controller. */
  @EnableWebFlux
  @RestController
  public static class Application {

    /** {@code 200}. */
    @GetMapping("/hello")
    public Mono<String> hello() {
      return Mono.just("hello");
    }

    /** {@code 200}. */
    @GetMapping("/orders/{id}")
    public Mono<String> order(@PathVariable("id") String id) {
      return Mono.just("order " + id);
    }

    /** {@code 500}. */
    @PostMapping("/boom")
    public Mono<String> boom() {
      return Mono.error(new IllegalStateException("boom"));
    }

    /** Answers from another thread, 200 ms later. */
    @GetMapping("/async")
    public Mono<String> async() {
      return Mono.just("async").delayElement(Duration.ofMillis(200));
    }
  }
}

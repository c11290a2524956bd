// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.webflux;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A small application, with resources as Spring Boot sets them up. */
@Configuration
@EnableWebFlux
public class WebFluxApplication implements WebFluxConfigurer {

  static final int WORK_MILLIS = 50;

  /** A request with this header goes on in a thread that nobody follows. */
  static final String ELSEWHERE = "X-Elsewhere";

  private static final Scheduler NEW_THREADS =
      Schedulers.fromExecutor(task -> new Thread(task, "elsewhere").start());

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry.addResourceHandler("/files/**").addResourceLocations("classpath:/io/sonde/");
    registry.addResourceHandler("/**").addResourceLocations("classpath:/io/sonde/");
  }

  @Bean
  WebFilter elsewhere() {
    return (web, chain) ->
        web.getRequest().getHeaders().getFirst(ELSEWHERE) == null
            ? chain.filter(web)
            : Mono.just(web).publishOn(NEW_THREADS).flatMap(chain::filter);
  }

  @Bean
  RouterFunction<ServerResponse> functions() {
    return RouterFunctions.route()
        .GET("/functions/{name}", request -> text("function"))
        .path(
            "/shops/{shop}",
            inner -> inner.GET("/items/{item}", request -> text(request.pathVariable("item"))))
        .GET("/failing-function/{id}", request -> Mono.error(new IOException("function")))
        .build();
  }

  /** Without a path there is no template. */
  @Bean
  RouterFunction<ServerResponse> byHeader() {
    return RouterFunctions.route(
        RequestPredicates.headers(headers -> !headers.header("X-Version").isEmpty()),
        request -> text("version"));
  }

  private static Mono<ServerResponse> text(String text) {
    return ServerResponse.ok().bodyValue(text);
  }

  @Bean
  HandlerMapping urls() {
    WebHandler handler =
        web -> {
          web.getResponse().setRawStatusCode(204);
          return web.getResponse().setComplete();
        };
    return new SimpleUrlHandlerMapping(Collections.singletonMap("/plain/*", handler), 1);
  }

  @Bean
  @Order(-2)
  WebExceptionHandler teapots() {
    return (web, thrown) -> {
      if (!(thrown instanceof IllegalArgumentException)) {
        return Mono.error(thrown);
      }
      web.getResponse().setRawStatusCode(418);
      return web.getResponse().setComplete();
    };
  }

  @ResponseStatus(HttpStatus.CONFLICT)
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** The application's controller; found by Spring as a member class. */
  @RestController
  public static class Orders {

    @GetMapping("/orders/{id}")
    public Mono<String> find(@PathVariable("id") long id) {
      return Mono.just("order " + id);
    }

    @GetMapping("/events/{id}")
    public Flux<String> events(@PathVariable("id") long id) {
      return Flux.just("a", "b", "c").delayElements(Duration.ofMillis(WORK_MILLIS / 2));
    }

    @GetMapping("/missing/{id}")
    public ResponseEntity<String> missing(@PathVariable("id") long id) {
      return ResponseEntity.notFound().build();
    }

    @GetMapping("/moved/{id}")
    public ResponseEntity<String> moved(@PathVariable("id") long id) {
      return ResponseEntity.status(302).location(URI.create("/orders/" + id)).build();
    }

    @GetMapping("/boom/{id}")
    public Mono<String> boom(@PathVariable("id") long id) {
      return Mono.error(new IOException("boom " + id));
    }

    @GetMapping("/thrown/{id}")
    public Mono<String> thrown(@PathVariable("id") long id) throws IOException {
      throw new IOException("thrown " + id);
    }

    @GetMapping("/refused/{id}")
    public Mono<String> refused(@PathVariable("id") long id) {
      return Mono.error(new Refused());
    }

    @GetMapping("/teapot/{id}")
    public Mono<String> teapot(@PathVariable("id") long id) {
      return Mono.error(new IllegalArgumentException("teapot"));
    }

    @GetMapping("/handled/{id}")
    public Mono<String> handled(@PathVariable("id") long id) {
      return Mono.error(new IllegalStateException("handled"));
    }

    @ExceptionHandler
    public ResponseEntity<String> handle(IllegalStateException thrown) {
      return ResponseEntity.status(409).body("handled");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.springmvc;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** A small application, with resources and an error page as Spring Boot sets them up. */
@Configuration
@EnableWebMvc
public class WebApplication implements WebMvcConfigurer {

  static final int WORK_MILLIS = 50;

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry.addResourceHandler("/files/**").addResourceLocations("classpath:/io/sonde/");
    registry.addResourceHandler("/**").addResourceLocations("classpath:/io/sonde/");
  }

  @Bean
  RouterFunction<ServerResponse> functions() {
    return RouterFunctions.route()
        .GET("/functions/{name}", request -> ServerResponse.ok().body("function"))
        .build();
  }

  /** The application's controller; found by Spring as a member class. */
  @RestController
  public static class Orders {

    @GetMapping("/orders/{id}")
    public String find(@PathVariable("id") long id) {
      return "order " + id;
    }

    @GetMapping("/boom/{id}")
    public String boom(@PathVariable("id") long id) throws IOException {
      throw new IOException("boom " + id);
    }

    @GetMapping("/missing/{id}")
    public ResponseEntity<String> missing(@PathVariable("id") long id) {
      return ResponseEntity.notFound().build();
    }

    @GetMapping("/deferred/{id}")
    public DeferredResult<String> deferred(@PathVariable("id") long id) {
      DeferredResult<String> result = new DeferredResult<>();
      new Thread(
              () -> {
                sleep();
                result.setResult("deferred");
              })
          .start();
      return result;
    }

    @GetMapping("/failing/{id}")
    public DeferredResult<String> failing(@PathVariable("id") long id) {
      DeferredResult<String> result = new DeferredResult<>();
      new Thread(() -> result.setErrorResult(new IllegalStateException("deferred"))).start();
      return result;
    }

    @GetMapping("/callable/{id}")
    public Callable<String> callable(@PathVariable("id") long id) {
      return () -> {
        sleep();
        return "callable";
      };
    }

    @GetMapping("/never/{id}")
    public DeferredResult<String> never(@PathVariable("id") long id) {
      return new DeferredResult<>((long) WORK_MILLIS);
    }

    private static void sleep() {
      try {
        Thread.sleep(WORK_MILLIS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Like Spring Boot's BasicErrorController. */
  @RestController
  public static class ErrorPage {

    @RequestMapping("/error")
    public String error() {
      return "error page";
    }
  }
}

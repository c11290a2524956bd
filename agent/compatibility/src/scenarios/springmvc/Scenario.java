// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.util.Collections;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** A controller of Spring MVC, without Spring Boot, on Tomcat. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    AnnotationConfigWebApplicationContext beans = new AnnotationConfigWebApplicationContext();
    beans.register(Application.class);
    EmbeddedTomcat.serve(args[0], Collections.singletonMap("/", new DispatcherServlet(beans)));
  }

  /** The application and its controller. */
  @EnableWebMvc
  @RestController
  public static class Application {

    /** {@code 200}. */
    @GetMapping("/hello")
    public String hello() {
      return "hello";
    }

    /** {@code 200}. */
    @GetMapping("/orders/{id}")
    public String order(@PathVariable("id") String id) {
      return "order " + id;
    }

    /** {@code 500}. */
    @PostMapping("/boom")
    public String boom() {
      throw new IllegalStateException("boom");
    }

    /** Answers from another thread, 200 ms later. */
    @GetMapping("/async")
    public DeferredResult<String> async() {
      DeferredResult<String> result = new DeferredResult<>();
      new Thread(() -> finish(result), "finishes").start();
      return result;
    }

    private static void finish(DeferredResult<String> result) {
      try {
        Thread.sleep(200);
        result.setResult("async");
      } catch (InterruptedException e) {
        result.setErrorResult(e);
      }
    }
  }
}

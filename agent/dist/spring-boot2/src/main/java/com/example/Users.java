// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import java.util.Collections;
import java.util.concurrent.Callable;
import javax.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** One handler for each way to answer. */
@RestController
public class Users {

  private static final Logger LOG = LoggerFactory.getLogger(Users.class);

  @GetMapping("/users/{id}")
  public String find(@PathVariable("id") long id) {
    LOG.info("finding user {}", id);
    return "user " + id;
  }

  @PostMapping("/users/{id}/boom")
  public String boom(@PathVariable("id") long id) {
    throw new IllegalStateException("user " + id, new IOException("root of it"));
  }

  @GetMapping("/deferred/{id}")
  public DeferredResult<String> deferred(@PathVariable("id") long id) {
    DeferredResult<String> result = new DeferredResult<>();
    new Thread(
            () -> {
              Work.pause();
              result.setResult("deferred " + id);
            },
            "answers")
        .start();
    return result;
  }

  @GetMapping("/callable/{id}")
  public Callable<String> callable(@PathVariable("id") long id) {
    return () -> {
      Work.pause();
      LOG.info("called {}", id);
      return "callable " + id;
    };
  }

  @GetMapping("/chain")
  public String chain(@RequestParam("url") String url) throws IOException {
    return Work.get(url);
  }

  /** The request's headers, {@code name: value} a line. */
  @GetMapping("/headers")
  public String headers(HttpServletRequest request) {
    StringBuilder lines = new StringBuilder();
    for (String name : Collections.list(request.getHeaderNames())) {
      lines.append(name).append(": ").append(request.getHeader(name)).append('\n');
    }
    return lines.toString();
  }
}

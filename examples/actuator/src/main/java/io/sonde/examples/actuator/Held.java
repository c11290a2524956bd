// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.actuator;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service with two connections to its database. {@code /hold/SECONDS} keeps one of them so long;
 * {@code /actuator/health} is Spring Boot's own health.
 */
@SpringBootApplication
@RestController
public class Held {

  private final JdbcTemplate jdbc;

  public Held(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  public static void main(String[] args) {
    SpringApplication.run(Held.class, args);
  }

  /** Answers when the connection is back. */
  @GetMapping("/hold/{seconds}")
  String hold(@PathVariable("seconds") double seconds) {
    jdbc.execute("select pg_sleep(" + seconds + ")");
    return "held";
  }
}

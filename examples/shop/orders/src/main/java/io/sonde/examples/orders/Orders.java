// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.orders;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Spring Boot 3 with Tomcat, started as Spring makes it: one jar with the libraries inside.
 *
 * <pre>{@code
 * java -jar orders.jar --server.port=PORT --stock.url=http://127.0.0.1:STOCK_PORT
 * }</pre>
 */
@SpringBootApplication
public class Orders {

  public static void main(String[] args) {
    SpringApplication.run(Orders.class, args);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.orders;

import java.net.SocketTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** What the shop's customers ask for, and one address that always fails. */
@RestController
class OrderController {

  private static final Logger log = LoggerFactory.getLogger(OrderController.class);
  private static final String[] SKUS = {"anvil", "barometer", "compass", "dynamo"};

  private final RestClient stock;

  OrderController(@Value("${stock.url}") String stockUrl) {
    // That is HttpURLConnection.
    this.stock =
        RestClient.builder()
            .baseUrl(stockUrl)
            .requestFactory(new SimpleClientHttpRequestFactory())
            .build();
  }

  @GetMapping("/orders/{id}")
  Order order(@PathVariable int id) {
    String sku = SKUS[Math.floorMod(id, SKUS.length)];
    Stock left = stock.get().uri("/stock/{sku}", sku).retrieve().body(Stock.class);
    log.info("order {}: one {}, {} left", id, sku, left.quantity());
    return new Order(id, sku, left.quantity());
  }

  @GetMapping("/bang")
  Order bang() {
    try {
      return charge();
    } catch (SocketTimeoutException e) {
      throw new IllegalStateException("card declined, the bank did not answer", e);
    }
  }

  private static Order charge() throws SocketTimeoutException {
    throw new SocketTimeoutException("Read timed out");
  }

  record Order(int id, String sku, int left) {}

  record Stock(String sku, int quantity) {}
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/** Customers: four of them, each with some 12 requests a second at most. */
final class Traffic {

  private static final int CUSTOMERS = 4;
  private static final int BAR = 40;

  private final String shop;
  private final LongAdder requests = new LongAdder();
  private final LongAdder errors = new LongAdder();

  Traffic(String shopUrl) {
    this.shop = shopUrl;
  }

  long requests() {
    return requests.sum();
  }

  /** Answers of 400 and more. */
  long errors() {
    return errors.sum();
  }

  /** Returns when the time is over and every customer has got the last answer. */
  void send(Duration duration, Terminal terminal) {
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    List<Thread> customers = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      Thread customer = new Thread(() -> shopUntil(end), "customer-" + i);
      customer.setDaemon(true);
      customer.start();
      customers.add(customer);
    }
    show(start, duration, terminal);
    for (Thread customer : customers) {
      join(customer);
    }
  }

  private void shopUntil(long end) {
    while (System.nanoTime() < end) {
      Http.ask(shop + path())
          .ifPresent(
              answer -> {
                requests.increment();
                if (answer.status() >= 400) {
                  errors.increment();
                }
              });
      Pause.millis(ThreadLocalRandom.current().nextInt(40, 120));
    }
  }

  /** Of 40 requests 36 for an order, 2 for the front page, 1 for nothing, 1 that fails. */
  private static String path() {
    int dice = ThreadLocalRandom.current().nextInt(40);
    return switch (dice) {
      case 0 -> "/bang";
      case 1 -> "/favicon.ico";
      case 2, 3 -> "/";
      default -> "/orders/" + ThreadLocalRandom.current().nextInt(1, 10_000);
    };
  }

  private void show(long start, Duration duration, Terminal terminal) {
    long told = 0;
    long seconds = 0;
    while (seconds < duration.toSeconds()) {
      Pause.millis(250);
      seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
      String line =
          "  traffic   %s  %d s, %d requests, %d of them answered with an error"
              .formatted(bar(seconds, duration.toSeconds()), seconds, requests(), errors());
      terminal.progress(line);
      boolean last = seconds >= duration.toSeconds();
      if (last || !terminal.isLive() && seconds - told >= 5) {
        told = seconds;
        terminal.say(line);
      }
    }
  }

  private static String bar(long done, long all) {
    int full = (int) Math.min(BAR, BAR * done / Math.max(1, all));
    return "█".repeat(full) + "░".repeat(BAR - full);
  }

  private static void join(Thread thread) {
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/** What Logstash would be: JSON lines over TCP. Keeps the last 20,000. Any thread. */
final class LogReceiver implements AutoCloseable {

  private static final int KEPT = 20_000;

  private final ServerSocket socket;
  private final Deque<JsonNode> kept = new ArrayDeque<>();
  private long received;

  LogReceiver() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new DemoFailure("no port for log lines: " + e.getMessage(), e);
    }
    daemon(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  synchronized long received() {
    return received;
  }

  /** The latest that fits, as soon as there is one; empty when none comes in time. */
  synchronized Optional<JsonNode> await(Predicate<JsonNode> fits, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<JsonNode> found = latest(fits);
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (found.isPresent() || millis <= 0) {
        return found;
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It was open for reading only.
    }
  }

  private Optional<JsonNode> latest(Predicate<JsonNode> fits) {
    for (var backwards = kept.descendingIterator(); backwards.hasNext(); ) {
      JsonNode line = backwards.next();
      if (fits.test(line)) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }

  private void accept() {
    while (true) {
      try {
        Socket connection = socket.accept();
        daemon(() -> read(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void read(Socket connection) {
    try (connection;
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      // The service has ended; what came is here.
    }
  }

  private synchronized void add(String line) throws JsonProcessingException {
    received++;
    kept.addLast(Http.JSON.readTree(line));
    if (kept.size() > KEPT) {
      kept.removeFirst();
    }
    notifyAll();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "logs");
    thread.setDaemon(true);
    thread.start();
  }
}

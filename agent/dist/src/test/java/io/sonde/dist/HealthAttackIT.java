// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.testkit.AgentProcess;
import io.sonde.testkit.Http;
import io.sonde.testkit.Jdk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Somebody attacks the health port of a service, and the service does not notice. */
class HealthAttackIT {

  private static final int CALLS = 200;
  private static final int CONNECTIONS = 2_000;
  private static final int ROUNDS = 10;

  private final AtomicBoolean enough = new AtomicBoolean();
  private final List<Socket> sockets = new ArrayList<>();
  private final List<Thread> attackers = new ArrayList<>();

  @Test
  void leavesTheApplicationAndTheHonestCallerAlone() throws Exception {
    // Without it each of its answers takes 40 ms: Nagle's algorithm and a delayed ACK.
    AgentProcess.Launch plain =
        Apps.plain(Jdk.of(17)).systemProperty("sun.net.httpserver.nodelay", "true");
    try (ObservedService shop = ObservedService.start(plain)) {
      int port = URI.create(shop.healthUrl()).getPort();
      time(shop.healthUrl(), CALLS);
      long quietMicros = middle(time(shop.url() + "/hello", CALLS));
      attack(port);

      long[] attacked = time(shop.url() + "/hello", CALLS);
      assertThat(middle(attacked))
          .as("median of the application's own requests in µs, %d before", quietMicros)
          .isLessThan(10 * quietMicros + 5_000);
      assertAnswersWithinFiveMillis(shop.healthUrl());
      stopAttack();

      shop.awaitCounter("http.server.hello.GET.2xx.count", 2 * CALLS);
      assertThat(shop.status().path("self").path("adviceFailures").asLong()).isZero();
      assertThat(shop.process().stderrLines()).allMatch(line -> line.startsWith("[sonde] "));
      assertThat(shop.get("/threads").body().lines().filter(line -> line.contains("sonde-")))
          .as("Sonde's threads")
          .hasSizeLessThan(12);
    } finally {
      stopAttack();
    }
  }

  /** The machine may be busy with other things: one quiet round is the proof. */
  private static void assertAnswersWithinFiveMillis(String health) {
    List<Long> medians = new ArrayList<>();
    while (medians.size() < ROUNDS) {
      medians.add(middle(time(health, 50)));
      if (medians.get(medians.size() - 1) < 5_000) {
        return;
      }
    }
    throw new AssertionError("/health never took less than 5 ms: " + medians + " µs");
  }

  /** Microseconds, sorted. */
  private static long[] time(String url, int calls) {
    long[] micros = new long[calls];
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      assertThat(Http.get(url).status()).isEqualTo(200);
      micros[i] = (System.nanoTime() - start) / 1_000;
    }
    Arrays.sort(micros);
    return micros;
  }

  private static long middle(long[] sorted) {
    return sorted[sorted.length / 2];
  }

  private void attack(int port) throws IOException {
    for (int i = 0; i < CONNECTIONS; i++) {
      sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
      if (i % 50 == 0) {
        pause(5); // more than the backlog at once would be asked to come again a second later
      }
    }
    start(() -> garbage(port, "GET /" + "a".repeat(20_000)));
    start(() -> garbage(port, "\u0016\u0003\u0001nonsense\r\n\r\n"));
    start(this::trickle);
  }

  private void start(Runnable attack) {
    Thread attacker = new Thread(attack, "attacker");
    attackers.add(attacker);
    attacker.start();
  }

  private void garbage(int port, String text) {
    while (!enough.get()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(5_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getInputStream().readNBytes(8);
      } catch (IOException e) {
        // refused
      }
      pause(5);
    }
  }

  /** Heads that come byte by byte and never end. */
  private void trickle() {
    byte[] text = "GET /health HTTP/1.1\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; !enough.get(); i++) {
      for (Socket socket : sockets) {
        try {
          socket.getOutputStream().write(i < text.length ? text[i] : 'z');
        } catch (IOException e) {
          // it was pushed out
        }
      }
      pause(50);
    }
  }

  private void stopAttack() throws Exception {
    enough.set(true);
    for (Thread attacker : attackers) {
      attacker.join();
    }
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

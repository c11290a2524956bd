// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Thousands of connections, and garbage all the time. */
class AttackTest {

  private static final String HONEST = "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n";
  private static final int CALLS = 100;
  private static final long PROMISED_NANOS = 5_000_000;

  /** The machine may be busy with other things than us: one quiet round is the proof. */
  private static final int ROUNDS = 10;

  private final LocalServer local = new LocalServer();
  private final List<Socket> sockets = new ArrayList<>();
  private final List<Thread> attackers = new ArrayList<>();
  private final AtomicBoolean enough = new AtomicBoolean();

  @AfterEach
  void stop() throws Exception {
    enough.set(true);
    for (Thread attacker : attackers) {
      attacker.join();
    }
    for (Socket socket : sockets) {
      socket.close();
    }
    local.close();
  }

  @Test
  void anHonestCallerIsAnsweredWithinFiveMillis() throws Exception {
    for (int i = 0; i < 300; i++) {
      local.raw(HONEST);
    }
    for (int i = 0; i < 2_000; i++) {
      sockets.add(local.connect());
    }
    attack("GET /" + "a".repeat(20_000));
    attack("GET / HTTP/1.1\r\nX: " + "b".repeat(20_000));
    attack("BREW /pot HTTP/1.1\r\n\r\n");

    List<String> rounds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long[] nanos = round();
      rounds.add(nanos[CALLS / 2] / 1_000 + " µs median, " + nanos[94] / 1_000 + " µs 95th");
      if (nanos[94] < PROMISED_NANOS) {
        return;
      }
    }
    throw new AssertionError("95 of 100 calls never took less than 5 ms: " + rounds);
  }

  private long[] round() throws Exception {
    long[] nanos = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      assertThat(local.raw(HONEST)).startsWith("HTTP/1.1 200");
      nanos[i] = System.nanoTime() - start;
      Thread.sleep(1);
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private void attack(String garbage) {
    byte[] bytes = garbage.getBytes(StandardCharsets.ISO_8859_1);
    Thread attacker =
        new Thread(
            () -> {
              while (!enough.get()) {
                try (Socket socket = local.connect()) {
                  socket.getOutputStream().write(bytes);
                  socket.getInputStream().readNBytes(8);
                  Thread.sleep(5);
                } catch (IOException e) {
                  // refused: as it should be
                } catch (InterruptedException e) {
                  return;
                }
              }
            });
    attackers.add(attacker);
    attacker.start();
  }
}

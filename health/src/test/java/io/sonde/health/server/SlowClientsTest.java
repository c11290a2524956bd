// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowClientsTest {

  private static final String HONEST = "GET /health HTTP/1.1\r\nConnection: close\r\n\r\n";

  private final LocalServer local = new LocalServer();
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    local.close();
  }

  @Test
  void anHonestCallerDoesNotNoticeTwoHundredThatTrickle() throws Exception {
    for (int i = 0; i < 200; i++) {
      sockets.add(local.connect());
    }
    AtomicBoolean enough = new AtomicBoolean();
    Thread trickle = new Thread(() -> trickle(enough));
    trickle.start();
    local.raw(HONEST);

    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      long start = System.nanoTime();
      assertThat(local.raw(HONEST)).startsWith("HTTP/1.1 200");
      millis.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    enough.set(true);
    trickle.join();
    millis.sort(null);
    assertThat(millis.get(50)).as("median of %s", millis).isLessThan(50);
    assertThat(millis.get(98)).as("second worst of %s", millis).isLessThan(500);
  }

  @Test
  void whoTakesLongerThanFiveSecondsIsDisconnected() throws Exception {
    Socket silent = local.connect();
    Socket trickling = local.connect();
    sockets.add(trickling);
    AtomicBoolean enough = new AtomicBoolean();
    Thread trickle = new Thread(() -> trickle(enough));
    long start = System.nanoTime();
    trickle.start();

    assertThat(silent.getInputStream().read()).isEqualTo(-1);
    assertThat(readUntilClosed(trickling)).isEqualTo(0);

    assertThat(Duration.ofNanos(System.nanoTime() - start).toMillis()).isBetween(4_500L, 7_500L);
    enough.set(true);
    trickle.join();
    silent.close();
  }

  @Test
  void moreConnectionsThanItHoldsPushOutTheOldest() throws Exception {
    for (int i = 0; i < 400; i++) {
      sockets.add(local.connect());
    }

    assertThat(local.raw(HONEST)).startsWith("HTTP/1.1 200");

    assertThat(sockets.get(0).getInputStream().read()).isEqualTo(-1);
    Socket youngest = sockets.get(399);
    youngest.getOutputStream().write(HONEST.getBytes());
    assertThat(youngest.getInputStream().read()).isEqualTo('H');
  }

  @Test
  void anIdleConnectionMakesRoomBeforeOneThatIsAsking() throws Exception {
    Socket asking = local.connect();
    asking.getOutputStream().write("GET /health HT".getBytes());
    Socket idle = local.connect();
    idle.getOutputStream().write("HEAD /health HTTP/1.1\r\n\r\n".getBytes());
    assertThat(idle.getInputStream().read()).isEqualTo('H');
    for (int i = 0; i < EventLoop.MAX_CONNECTIONS - 2; i++) {
      sockets.add(local.connect());
    }
    sockets.add(asking);
    sockets.add(idle);
    local.get("/health");

    assertThat(readUntilClosed(idle)).isPositive();
    asking.getOutputStream().write("TP/1.0\r\n\r\n".getBytes());
    assertThat(asking.getInputStream().read()).isEqualTo('H');
  }

  private void trickle(AtomicBoolean enough) {
    byte[] text = "GET /health HTTP/1.1\r\nX-Slow: ".getBytes();
    for (int i = 0; !enough.get(); i++) {
      for (Socket socket : sockets) {
        try {
          socket.getOutputStream().write(i < text.length ? text[i] : 'z');
        } catch (IOException e) {
          // the server has had enough of this one
        }
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Bytes read; a reset ends it too. */
  private static long readUntilClosed(Socket socket) {
    long count = 0;
    try {
      while (socket.getInputStream().read() >= 0) {
        count++;
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open", e);
    } catch (IOException e) {
      // reset
    }
    return count;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks one path over a few keep-alive connections: each again as soon as it was answered, or at
 * times that were fixed before ({@code rate}), late ones at once.
 */
final class Load {

  private static final int CONNECTIONS = 4;
  private static final int LIMIT_MILLIS = 10_000;

  private final int port;
  private final byte[] request;
  private final int status;
  private final LongAdder answered = new LongAdder();
  private final LongAdder wrong = new LongAdder();

  /**
   * @param status that every answer must have
   */
  Load(int port, String path, int status) {
    this.port = port;
    this.status = status;
    this.request =
        ("GET "
                + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: load/1\r\nAccept: */*\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Asks once, over a connection of its own.
   *
   * @throws IOException when there is no answer, or not the right one
   */
  void once() throws IOException {
    try (Socket socket = connect()) {
      Answer answer = new Answer(socket.getInputStream());
      exchange(socket, answer);
      if (answer.status() != status) {
        throw new IOException("status " + answer.status());
      }
    }
  }

  /**
   * Asks for so long. A request that was sent is waited for.
   *
   * @param rate requests a second over all connections; 0: as many as are answered
   */
  Counts run(long millis, int rate) throws InterruptedException {
    answered.reset();
    wrong.reset();
    long start = System.nanoTime();
    long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
    long between = rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(CONNECTIONS) / rate;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      long first = start + between * i / CONNECTIONS;
      Thread thread = new Thread(() -> ask(first, between, end), "load-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return new Counts(answered.sum(), wrong.sum());
  }

  private void ask(long first, long between, long end) {
    long next = first;
    while (System.nanoTime() < end) {
      try (Socket socket = connect()) {
        Answer answer = new Answer(socket.getInputStream());
        boolean open = true;
        while (open && awaitTurn(next, end)) {
          next += between;
          open = exchange(socket, answer);
          answered.increment();
        }
      } catch (IOException e) {
        wrong.increment();
      }
    }
  }

  /** Returns false when the load has ended before. */
  private static boolean awaitTurn(long next, long end) {
    long now = System.nanoTime();
    while (now - next < 0 && now - end < 0) {
      LockSupport.parkNanos(Math.min(next, end) - now);
      now = System.nanoTime();
    }
    return now - end < 0;
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(LIMIT_MILLIS);
    return socket;
  }

  /** Returns false when the server ends the connection after this answer. */
  private boolean exchange(Socket socket, Answer answer) throws IOException {
    socket.getOutputStream().write(request);
    answer.read();
    if (answer.status() != status) {
      wrong.increment();
    }
    return answer.keepsConnection();
  }

  /**
   * What came back. Wrong are answers with another status, and connections that broke.
   *
   * @param answered wrong status or right
   */
  record Counts(long answered, long wrong) {}
}

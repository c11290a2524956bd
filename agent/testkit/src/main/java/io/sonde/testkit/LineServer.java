// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Reads lines from any number of TCP connections, a thread each. */
final class LineServer implements AutoCloseable {

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> unfinished = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Consumer<String> lines;
  private final Thread acceptor;

  /**
   * @param port 0 for a free one
   * @param lines called by several threads
   */
  LineServer(int port, Consumer<String> lines) {
    this.lines = lines;
    try {
      server = new ServerSocket();
      server.setReuseAddress(true); // so that a sink can come back on the same port
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    acceptor = daemon("accepts on " + port(), this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  int accepted() {
    return accepted.get();
  }

  /** What came before the end of a connection without the newline that makes it a line. */
  List<String> unfinished() {
    return List.copyOf(unfinished);
  }

  /** Closes the connections, not the port. */
  void dropConnections() {
    open.forEach(LineServer::closeQuietly);
    open.clear();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitEnd(acceptor);
    dropConnections();
  }

  static Thread daemon(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** A port is free again only when the thread that was blocked on it has left. */
  static void awaitEnd(Thread thread) {
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        open.add(socket);
        daemon("reads from " + socket.getPort(), () -> read(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void read(Socket socket) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (socket;
        InputStream bytes = new BufferedInputStream(socket.getInputStream())) {
      for (int next = bytes.read(); next != -1; next = bytes.read()) {
        if (next == '\n') {
          lines.accept(line.toString(StandardCharsets.UTF_8));
          line.reset();
        } else {
          line.write(next);
        }
      }
    } catch (IOException e) {
      // The sender or the test closed the connection: what was whole has been read.
    } finally {
      open.remove(socket);
      if (line.size() > 0) {
        unfinished.add(line.toString(StandardCharsets.UTF_8));
      }
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

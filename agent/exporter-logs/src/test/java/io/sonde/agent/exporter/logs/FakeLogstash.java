// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP input with the codec {@code json_lines}, as far as a sender sees it: takes whole lines,
 * forgets half ones when a connection ends, sends nothing. Misbehaves when told to.
 */
final class FakeLogstash implements AutoCloseable {

  /** Small, so that little is lost in it by a reset, and it fills soon when nobody reads. */
  private static final int RECEIVE_BUFFER = 64 * 1024;

  private final ServerSocket server;
  private final List<String> lines = new ArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean reading = true;
  private volatile int resetAfterLines = Integer.MAX_VALUE;
  private volatile boolean refusing;

  FakeLogstash(ServerSocket server) {
    this.server = server;
    Thread thread = new Thread(this::accept, "fake-logstash");
    thread.setDaemon(true);
    thread.start();
  }

  static FakeLogstash listening() throws IOException {
    return listening(0);
  }

  static FakeLogstash listening(int port) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.setReceiveBufferSize(RECEIVE_BUFFER);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new FakeLogstash(server);
  }

  /** A port where nobody listens. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  FakeLogstash neverReads() {
    reading = false;
    return this;
  }

  /** Each connection is reset when it has brought so many lines. */
  FakeLogstash resetsAfter(int count) {
    resetAfterLines = count;
    return this;
  }

  /** Accepts connections and closes them. */
  FakeLogstash closesAtOnce() {
    refusing = true;
    return this;
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** In the order of arrival. */
  List<String> lines() {
    synchronized (lines) {
      return new ArrayList<>(lines);
    }
  }

  int connections() {
    return connections.get();
  }

  /** Ends all connections in an orderly way. */
  void hangUp() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  /** Gone, with all its connections. */
  void stop() throws IOException {
    server.close();
    hangUp();
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        sockets.add(socket);
        if (refusing) {
          socket.close();
        } else if (reading) {
          Thread reader = new Thread(() -> read(socket), "fake-logstash-reader");
          reader.setDaemon(true);
          reader.start();
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void read(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8_192];
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int taken = 0;
      if (resetAfterLines == 0) {
        in.read();
        socket.setSoLinger(true, 0);
        return;
      }
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        for (int i = 0; i < n; i++) {
          if (buffer[i] != '\n') {
            line.write(buffer[i]);
            continue;
          }
          synchronized (lines) {
            lines.add(line.toString(StandardCharsets.UTF_8));
          }
          line.reset();
          if (++taken == resetAfterLines) {
            socket.setSoLinger(true, 0);
            return;
          }
        }
      }
    } catch (IOException reset) {
      // What was half-way is forgotten.
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** Listens on a real socket, adds up counters as statsd does, and keeps the other lines. */
final class FakeStatsd implements AutoCloseable {

  /** How often a connection without data is looked at. */
  private static final int LOOK_MILLIS = 2;

  private final Map<String, Long> counters = new TreeMap<>();
  private final List<String> lines = new ArrayList<>();
  private final List<Integer> packets = new CopyOnWriteArrayList<>();
  private DatagramSocket udp;
  private ServerSocket tcp;
  private volatile Socket accepted;
  private volatile Socket hangingUp;
  private volatile int connections;

  static FakeStatsd udp() throws IOException {
    return udp(0);
  }

  static FakeStatsd udp(int port) throws IOException {
    FakeStatsd statsd = new FakeStatsd();
    statsd.udp = new DatagramSocket(null);
    statsd.udp.setReceiveBufferSize(8 << 20);
    statsd.udp.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    start(statsd::receive);
    return statsd;
  }

  static FakeStatsd tcp() throws IOException {
    return tcp(0);
  }

  static FakeStatsd tcp(int port) throws IOException {
    FakeStatsd statsd = new FakeStatsd();
    statsd.tcp = new ServerSocket();
    statsd.tcp.setReuseAddress(true);
    statsd.tcp.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    start(statsd::accept);
    return statsd;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited 20 s for: " + what);
      }
      Thread.sleep(5);
    }
  }

  int port() {
    return udp != null ? udp.getLocalPort() : tcp.getLocalPort();
  }

  /** All lines as they came. */
  synchronized List<String> lines() {
    return new ArrayList<>(lines);
  }

  /** Sizes of the datagrams. */
  List<Integer> packets() {
    return packets;
  }

  int connections() {
    return connections;
  }

  /** The sum of one counter. */
  synchronized long counter(String name) {
    return counters.getOrDefault(name, 0L);
  }

  /** The sum of all counters whose names end so. */
  synchronized long sum(String suffix) {
    return counters.entrySet().stream()
        .filter(e -> e.getKey().endsWith(suffix))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  void awaitLine(String line) throws InterruptedException {
    await(line, () -> lines().contains(line));
  }

  /**
   * Ends the connection soon, at a moment when all that came was read; more may be on its way. A
   * reader that is late by more than the exporter waits would lose what counts as sent.
   */
  void hangUp() {
    hangingUp = accepted;
  }

  @Override
  public void close() throws IOException {
    if (udp != null) {
      udp.close();
    }
    if (tcp != null) {
      tcp.close();
      if (accepted != null) {
        accepted.close();
      }
    }
  }

  private static void start(Runnable body) {
    Thread thread = new Thread(body, "fake-statsd");
    thread.setDaemon(true);
    thread.start();
  }

  private void receive() {
    byte[] buffer = new byte[65_536];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        packets.add(packet.getLength());
        for (String line :
            new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8).split("\n")) {
          take(line);
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = tcp.accept();
        accepted = socket;
        connections++;
        start(() -> read(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void read(Socket socket) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] buffer = new byte[65_536];
    try (socket;
        InputStream in = socket.getInputStream()) {
      socket.setSoTimeout(LOOK_MILLIS);
      for (int count = some(in, buffer); count >= 0; count = some(in, buffer)) {
        for (int i = 0; i < count; i++) {
          if (buffer[i] == '\n') {
            take(line.toString(StandardCharsets.UTF_8));
            line.reset();
          } else {
            line.write(buffer[i]);
          }
        }
        if (hangingUp == socket && in.available() == 0) {
          return;
        }
      }
    } catch (IOException e) {
      // Reset or closed: a line that was cut is thrown away, as statsd does.
    }
  }

  private static int some(InputStream in, byte[] buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (SocketTimeoutException e) {
      return 0;
    }
  }

  private void take(String line) {
    int type = line.indexOf("|c");
    if (type > 0) {
      int colon = line.lastIndexOf(':', type);
      long amount = Long.parseLong(line.substring(colon + 1, type));
      synchronized (this) {
        counters.merge(line.substring(0, colon), amount, Long::sum);
      }
    }
    synchronized (this) {
      lines.add(line);
    }
  }
}

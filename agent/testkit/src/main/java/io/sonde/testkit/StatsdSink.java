// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A statsd server on one port, UDP and TCP at once. Counters are added up with their rates, gauges
 * follow Etsy's rule that a sign means a change, everything is kept as it came. Any thread.
 */
public final class StatsdSink implements AutoCloseable {

  /** For bursts while the reader is not scheduled. The kernel caps it, at 208 KiB by default. */
  private static final int RECEIVE_BUFFER = 8 << 20;

  private final LineServer tcp;
  private final DatagramSocket udp;
  private final Thread receiver;
  private final List<String> packets = new ArrayList<>();
  private final List<String> badLines = new ArrayList<>();
  private final List<StatsdLine> lines = new ArrayList<>();
  private final Map<String, Double> counters = new TreeMap<>();
  private final Map<String, Double> gauges = new TreeMap<>();

  private StatsdSink(int port) throws SocketException {
    tcp = new LineServer(port, this::line);
    try {
      udp = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.port()));
    } catch (SocketException e) {
      tcp.close();
      throw e;
    }
    udp.setReceiveBufferSize(RECEIVE_BUFFER);
    receiver = LineServer.daemon("reads datagrams on " + port(), this::receive);
  }

  public static StatsdSink start() {
    SocketException last = null;
    // The free TCP port may be taken for UDP.
    for (int attempt = 0; attempt < 10; attempt++) {
      try {
        return new StatsdSink(0);
      } catch (SocketException e) {
        last = e;
      }
    }
    throw new UncheckedIOException(last);
  }

  /** On a port of the caller's, for a server that comes back. */
  public static StatsdSink startOn(int port) {
    try {
      return new StatsdSink(port);
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return tcp.port();
  }

  /** The sum of what arrived under this name; 0 when nothing did. */
  public synchronized double counter(String name) {
    return counters.getOrDefault(name, 0.0);
  }

  public synchronized OptionalDouble gauge(String name) {
    return gauges.containsKey(name) ? OptionalDouble.of(gauges.get(name)) : OptionalDouble.empty();
  }

  /** The values of a timer that arrived, in order. */
  public List<Double> timer(String name) {
    return lines().stream()
        .filter(line -> line.name().equals(name) && line.type().equals("ms"))
        .map(StatsdLine::number)
        .toList();
  }

  /** How many timings those stand for, by their rates. */
  public double timerCount(String name) {
    return lines().stream()
        .filter(line -> line.name().equals(name) && line.type().equals("ms"))
        .mapToDouble(StatsdLine::weight)
        .sum();
  }

  /** Names of all types that arrived. */
  public synchronized TreeSet<String> names() {
    TreeSet<String> names = new TreeSet<>();
    lines.forEach(line -> names.add(line.name()));
    return names;
  }

  public synchronized List<StatsdLine> lines() {
    return List.copyOf(lines);
  }

  /** What a real server would refuse, as it came. */
  public synchronized List<String> badLines() {
    return List.copyOf(badLines);
  }

  /** The datagrams as they came, UDP only. */
  public synchronized List<String> packets() {
    return List.copyOf(packets);
  }

  /**
   * Datagrams that the kernel threw away because this sink was too slow: where it is not 0, what is
   * missing here is not the sender's fault. Linux only.
   */
  public long droppedByKernel() {
    String address = ":%04X ".formatted(port());
    try (Stream<String> sockets = Files.lines(Path.of("/proc/net/udp"))) {
      return sockets
          .map(String::strip)
          .filter(socket -> socket.split("\\s+")[1].concat(" ").endsWith(address))
          .mapToLong(socket -> Long.parseLong(socket.substring(socket.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** TCP connections accepted so far. */
  public int connections() {
    return tcp.accepted();
  }

  /** Closes the TCP connections, not the port. */
  public void dropConnections() {
    tcp.dropConnections();
  }

  /** Waits until the counter has reached {@code sum}; more than that fails at once. */
  public void awaitCounter(String name, double sum, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    synchronized (this) {
      while (counter(name) < sum && waitUntil(deadline)) {
        // Woken by each metric.
      }
      if (counter(name) != sum) {
        throw new AssertionError(
            "%s is %s, not %s, after at most %s; names: %s; bad lines: %s"
                .formatted(name, counter(name), sum, limit, names(), badLines));
      }
    }
  }

  /** Waits for a gauge of this name and returns its first or present value. */
  public double awaitGauge(String name, Duration limit) {
    Eventually.passes(
        limit,
        () -> {
          if (gauge(name).isEmpty()) {
            throw new AssertionError("no gauge " + name + " among " + names());
          }
        });
    return gauge(name).getAsDouble();
  }

  @Override
  public void close() {
    udp.close();
    LineServer.awaitEnd(receiver);
    tcp.close();
  }

  private void receive() {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    while (true) {
      try {
        udp.receive(packet);
      } catch (IOException e) {
        return; // closed
      }
      String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
      synchronized (this) {
        packets.add(text);
      }
      for (String line : text.split("\n")) {
        line(line);
      }
    }
  }

  private synchronized void line(String text) {
    StatsdLine.parse(text).ifPresentOrElse(this::add, () -> badLines.add(text));
    notifyAll();
  }

  private void add(StatsdLine line) {
    lines.add(line);
    if (line.type().equals("c")) {
      counters.merge(line.name(), line.weight(), Double::sum);
    } else if (line.type().equals("g")) {
      boolean change = line.value().startsWith("+") || line.value().startsWith("-");
      double before = change ? gauges.getOrDefault(line.name(), 0.0) : 0;
      gauges.put(line.name(), before + line.number());
    }
  }

  private boolean waitUntil(long deadline) {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      return false;
    }
    try {
      wait(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

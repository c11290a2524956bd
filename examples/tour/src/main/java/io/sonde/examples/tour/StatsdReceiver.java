// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.tour;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statsd server that adds up and forgets nothing. Any thread. */
final class StatsdReceiver implements AutoCloseable {

  /** Name, value, type and perhaps the share of events that were sent. */
  private static final Pattern LINE =
      Pattern.compile("([^:|]+):([-+]?[0-9.]+)\\|(c|ms|g)(?:\\|@([0-9.]+))?");

  private final DatagramSocket socket;
  private final Map<String, Series> series = new TreeMap<>();
  private long packets;
  private long lines;

  StatsdReceiver() {
    try {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (SocketException e) {
      throw new DemoFailure("no port for statsd: " + e.getMessage(), e);
    }
    Thread receiver = new Thread(this::receive, "statsd");
    receiver.setDaemon(true);
    receiver.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  synchronized long packets() {
    return packets;
  }

  synchronized long lines() {
    return lines;
  }

  /** The most events first. */
  synchronized List<Series> busiest() {
    return series.values().stream()
        .sorted(Comparator.comparingDouble(Series::events).reversed())
        .toList();
  }

  @Override
  public void close() {
    socket.close();
  }

  private void receive() {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    while (true) {
      try {
        socket.receive(packet);
      } catch (IOException e) {
        return; // closed
      }
      packet(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
    }
  }

  private synchronized void packet(String text) {
    packets++;
    text.lines().forEach(this::line);
  }

  /** Anything that does not fit is not ours. */
  private void line(String line) {
    Matcher matcher = LINE.matcher(line);
    if (matcher.matches()) {
      lines++;
      double rate = matcher.group(4) == null ? 1 : Double.parseDouble(matcher.group(4));
      series
          .computeIfAbsent(matcher.group(1) + "|" + matcher.group(3), Series::new)
          .add(matcher.group(2), rate);
    }
  }

  /** One name of one type. */
  static final class Series {

    private final String name;
    private final String type;
    private double events;
    private double sum;
    private double max;
    private double last;

    Series(String nameAndType) {
      int bar = nameAndType.lastIndexOf('|');
      this.name = nameAndType.substring(0, bar);
      this.type = nameAndType.substring(bar + 1);
    }

    String name() {
      return name;
    }

    /** {@code c}, {@code ms} or {@code g}. */
    String type() {
      return type;
    }

    /** What a counter has counted, how often a timer has timed; 0 for gauges. */
    double events() {
      return events;
    }

    /** A counter's sum, a timer's mean and maximum, a gauge's last value. */
    String value() {
      return switch (type) {
        case "c" -> "%,.0f".formatted(events);
        case "ms" -> "%.1f mean, %.1f max".formatted(sum / events, max);
        default -> "%,.1f".formatted(last);
      };
    }

    private void add(String value, double rate) {
      double number = Double.parseDouble(value);
      if (type.equals("c")) {
        events += number / rate;
      } else if (type.equals("ms")) {
        events += 1 / rate;
        sum += number / rate;
        max = Math.max(max, number);
      } else {
        boolean change = value.startsWith("+") || value.startsWith("-");
        last = change ? last + number : number;
      }
    }
  }
}

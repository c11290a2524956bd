// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sonde.dashboards.prometheus.MappingRules.Mapped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Stands in for Prometheus' statsd_exporter, in what its README says and our lines use: lines of
 * statsd on UDP, {@code /metrics} over HTTP, the mapping rules in between.
 *
 * <ul>
 *   <li>a counter is added up; its rate divides its value
 *   <li>a gauge with a sign is a change
 *   <li>a timer is a histogram in seconds; one with a rate counts 1 / rate times, rounded down
 *   <li>what was not told for its {@code ttl} is gone
 *   <li>one name has one type; what would make it another is refused
 * </ul>
 */
public final class StatsdExporter implements AutoCloseable {

  private static final Pattern LINE =
      Pattern.compile("([^:|]+):([+-]?[0-9.eE+-]+)\\|(c|g|ms)(?:\\|@([0-9.eE-]+))?");

  /** One series: its value, or a histogram's. */
  private static final class Series {
    final long[] buckets;
    double value;
    long count;
    long untilNanos;

    Series(int buckets) {
      this.buckets = new long[buckets];
    }
  }

  /** Those of one name. */
  private record Family(String type, String help, Map<String, Series> series) {}

  private final MappingRules rules;
  private final Map<String, Family> families = new TreeMap<>();
  private final Set<String> refused = new ConcurrentSkipListSet<>();
  private final DatagramSocket socket;
  private final HttpServer server;

  private StatsdExporter(MappingRules rules) throws IOException {
    this.rules = rules;
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    socket.setReceiveBufferSize(1 << 20);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/metrics", this::answer);
    server.start();
    Thread thread = new Thread(this::receive, "statsd-exporter");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * @param mapping the file's content
   */
  public static StatsdExporter start(String mapping) {
    try {
      return new StatsdExporter(new MappingRules(mapping));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** UDP. */
  public int port() {
    return socket.getLocalPort();
  }

  /** {@code 127.0.0.1:port}, with {@code /metrics}. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Lines that the exporter would not have taken, or not mapped. */
  public Set<String> refused() {
    return refused;
  }

  @Override
  public void close() {
    socket.close();
    server.stop(0);
  }

  private void receive() {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    while (!socket.isClosed()) {
      try {
        socket.receive(packet);
      } catch (IOException e) {
        return; // closed
      }
      String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
      Arrays.stream(text.split("\n")).forEach(this::line);
      packet.setLength(packet.getData().length);
    }
  }

  synchronized void line(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      refused.add(line);
      return;
    }
    String type =
        switch (parts.group(3)) {
          case "c" -> "counter";
          case "g" -> "gauge";
          default -> "observer";
        };
    Optional<Mapped> mapped = rules.map(parts.group(1), type);
    if (mapped.isEmpty()) {
      refused.add(line);
      return;
    }
    Family family = family(mapped.get(), type.equals("observer") ? "histogram" : type);
    if (family == null) {
      refused.add(line);
      return;
    }
    Series series =
        family.series.computeIfAbsent(
            labels(mapped.get().labels()), key -> new Series(rules.buckets().size()));
    series.untilNanos = System.nanoTime() + mapped.get().ttl().toNanos();
    double rate = parts.group(4) == null ? 1 : Double.parseDouble(parts.group(4));
    record(series, parts.group(2), type, rate);
  }

  private void record(Series series, String text, String type, double rate) {
    double value = Double.parseDouble(text);
    boolean change = text.startsWith("+") || text.startsWith("-");
    switch (type) {
      case "counter" -> series.value += value / rate;
      case "gauge" -> series.value = change ? series.value + value : value;
      default -> observe(series, value / 1_000, (int) (1 / rate));
    }
  }

  private void observe(Series series, double seconds, int times) {
    series.count += times;
    series.value += seconds * times;
    List<Double> buckets = rules.buckets();
    for (int i = 0; i < buckets.size(); i++) {
      series.buckets[i] += seconds <= buckets.get(i) ? times : 0;
    }
  }

  /** Null when the name has another type already. */
  private Family family(Mapped mapped, String type) {
    Family family =
        families.computeIfAbsent(
            mapped.name(), name -> new Family(type, mapped.help(), new TreeMap<>()));
    return family.type.equals(type) ? family : null;
  }

  private static String labels(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> "%s=\"%s\"".formatted(label.getKey(), label.getValue()))
        .collect(Collectors.joining(","));
  }

  /** In the format that Prometheus scrapes. */
  public synchronized String metrics() {
    StringBuilder text = new StringBuilder();
    long now = System.nanoTime();
    families.forEach(
        (name, family) -> {
          family.series.values().removeIf(series -> now - series.untilNanos > 0);
          text.append("# HELP %s %s\n".formatted(name, family.help));
          text.append("# TYPE %s %s\n".formatted(name, family.type));
          family.series.forEach((labels, series) -> write(text, name, family.type, labels, series));
        });
    return text.toString();
  }

  private void write(StringBuilder text, String name, String type, String labels, Series series) {
    if (!type.equals("histogram")) {
      text.append("%s{%s} %s\n".formatted(name, labels, series.value));
      return;
    }
    List<Double> buckets = rules.buckets();
    Function<String, String> bucket = le -> "%s_bucket{%s,le=\"%s\"} ".formatted(name, labels, le);
    for (int i = 0; i < buckets.size(); i++) {
      String le = String.valueOf(buckets.get(i)).replaceAll("\\.0$", "");
      text.append(bucket.apply(le)).append(series.buckets[i]).append('\n');
    }
    text.append(bucket.apply("+Inf")).append(series.count).append('\n');
    text.append("%s_sum{%s} %s\n".formatted(name, labels, series.value));
    text.append("%s_count{%s} %s\n".formatted(name, labels, series.count));
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = metrics().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}

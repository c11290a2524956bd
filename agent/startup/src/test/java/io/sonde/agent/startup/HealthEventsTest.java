// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.exporter.logs.LogConfig;
import io.sonde.agent.exporter.logs.LogExporter;
import io.sonde.agent.exporter.statsd.Flavor;
import io.sonde.agent.exporter.statsd.StatsdConfig;
import io.sonde.agent.exporter.statsd.StatsdExporter;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.MessageMask;
import io.sonde.agent.recording.Pipeline;
import io.sonde.agent.recording.QueryMask;
import io.sonde.agent.recording.ServiceIdentity;
import io.sonde.agent.recording.ServiceStart;
import io.sonde.health.CheckResult;
import io.sonde.health.Health;
import io.sonde.health.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a check whose status changes to the bytes on the wire. */
class HealthEventsTest {

  private static final ServiceIdentity SHOP = new ServiceIdentity("shop", "1", "prod", "one", "h");
  private static final long SECOND = 1_000_000_000L;

  private final List<String> logLines = new CopyOnWriteArrayList<>();
  private final List<String> etsyLines = new CopyOnWriteArrayList<>();
  private final List<String> datadogLines = new CopyOnWriteArrayList<>();
  private final Ledger ledger = new Ledger();
  private final Health health = new Health();
  private final Pipeline pipeline = new Pipeline(ledger);
  private ServerSocket logstash;
  private DatagramSocket etsy;
  private DatagramSocket datadog;
  private volatile Status status = Status.PASS;
  private volatile int ticks;

  @BeforeEach
  void start() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    logstash = new ServerSocket(0, 5, loopback);
    etsy = new DatagramSocket(0, loopback);
    datadog = new DatagramSocket(0, loopback);
    daemon(this::readLogs);
    daemon(() -> readDatagrams(etsy, etsyLines));
    daemon(() -> readDatagrams(datadog, datadogLines));
    StatsdExporter toEtsy = new StatsdExporter(statsd(etsy, Flavor.ETSY), ledger);
    pipeline.start(
        List.of(
            new LogExporter(
                LogConfig.builder().logstash("127.0.0.1:" + logstash.getLocalPort()).build(),
                SHOP,
                new QueryMask(List.of()),
                new MessageMask(List.of()),
                ledger),
            toEtsy,
            new HealthGauges(health, toEtsy),
            new StatsdExporter(statsd(datadog, Flavor.DATADOG), ledger)));
    health.onChange(new HealthEvents(pipeline));
    health.add("orders:queue", this::check);
  }

  @AfterEach
  void close() throws IOException {
    health.close();
    pipeline.close(System.nanoTime() + SECOND);
    logstash.close();
    etsy.close();
    datadog.close();
  }

  @Test
  void eachTransitionIsOneEventOnEveryWire() throws Exception {
    health.start(body -> new Thread(body, "health"));
    await(() -> ticks >= 1);
    becomes(Status.WARN);
    becomes(Status.FAIL);
    becomes(Status.PASS);
    await(() -> found(logLines, "fail to pass") && found(datadogLines, "fail to pass"));
    int ticked = ticks;
    await(() -> ticks > ticked);
    await(() -> found(etsyLines, "-fail-pass:1|c"));

    List<String> events = only(logLines, line -> line.contains("sonde.health"));
    assertThat(events).hasSize(3);
    assertThat(events.get(0))
        .startsWith("{")
        .contains("\"log.level\":\"WARN\"")
        .contains("\"message\":\"orders:queue: pass to warn: too long\"")
        .contains("\"event.dataset\":\"sonde.health\"")
        .contains("\"event.kind\":\"event\"")
        .contains("\"labels.check\":\"orders:queue\"")
        .contains("\"labels.from\":\"pass\"")
        .contains("\"labels.to\":\"warn\"")
        .contains("\"labels.observed\":\"7\"")
        .contains("\"labels.unit\":\"jobs\"")
        .contains("\"labels.limit\":\"5\"")
        .contains("\"service.name\":\"shop\"");
    assertThat(events.get(1)).contains("\"log.level\":\"WARN\"", "warn to fail");
    assertThat(events.get(2)).contains("\"log.level\":\"INFO\"", "fail to pass");

    List<String> changes = only(etsyLines, line -> line.matches(".*-(pass|warn|fail):\\d+\\|c"));
    assertThat(changes)
        .hasSize(3)
        .allMatch(line -> line.startsWith("sonde.shop.one.sonde.health."));
    assertThat(changes).allMatch(line -> line.split("\\.").length == 6);
    assertThat(changes.get(0)).matches(".*\\.orders_queue-[0-9a-f]{6}-pass-warn:1\\|c");
    await(() -> etsyLines.stream().anyMatch(l -> l.matches(".*orders_queue-[0-9a-f]{6}:0\\|g")));

    List<String> told = only(datadogLines, line -> line.startsWith("_e{"));
    assertThat(told).hasSize(3);
    assertThat(told.get(0))
        .startsWith("_e{17,")
        .contains("}:orders:queue warn|orders:queue: pass to warn: too long; observed 7; unit jobs")
        .contains("|t:warning|#service:shop,instance:one,env:prod,check:orders:queue")
        .contains("from:pass,to:warn");
    assertThat(told.get(1)).contains("|t:error|");
    assertThat(told.get(2)).contains("|t:success|");
    for (String event : told) {
      assertLengthsAreTrue(event);
    }
    assertThat(datadogLines).noneMatch(line -> line.startsWith("sonde.health.changes"));
  }

  /** Dashboards draw a line where the version is another one than before. */
  @Test
  void theStartIsOneEventOnEveryWire() throws Exception {
    pipeline.serviceStarted(
        new ServiceStart("shop", "1.4.2", "0.1.0", "17.0.1", 1_700_000_000_000L));
    await(() -> found(logLines, "sonde.lifecycle") && found(etsyLines, ".started."));
    await(() -> found(datadogLines, "sonde.started"));

    List<String> events = only(logLines, line -> line.contains("sonde.lifecycle"));
    assertThat(events)
        .singleElement()
        .asString()
        .contains("\"@timestamp\":\"2023-11-14T22:13:20.000Z\"")
        .contains("\"log.level\":\"INFO\"")
        .contains("\"message\":\"shop 1.4.2 started\"")
        .contains("\"data_stream.dataset\":\"sonde.lifecycle\"")
        .contains("\"event.dataset\":\"sonde.lifecycle\"")
        .contains("\"event.kind\":\"event\"")
        .contains("\"event.category\":\"process\"")
        .contains("\"event.action\":\"started\"")
        .contains("\"labels.version\":\"1.4.2\"")
        .contains("\"labels.java_version\":\"17.0.1\"")
        .contains("\"labels.sonde_version\":\"0.1.0\"");
    assertThat(only(etsyLines, line -> line.contains(".started.")))
        .singleElement()
        .asString()
        .matches("sonde\\.shop\\.one\\.sonde\\.started\\.1_4_2-[0-9a-f]{6}:1\\|c");
    assertThat(only(datadogLines, line -> line.startsWith("sonde.started")))
        .containsExactly("sonde.started:1|c|#version:1.4.2,service:shop,instance:one,env:prod");
  }

  private static void assertLengthsAreTrue(String event) {
    String[] lengths = event.substring(3, event.indexOf('}')).split(",");
    String[] parts = event.substring(event.indexOf("}:") + 2).split("\\|");
    assertThat(parts[0]).hasSize(Integer.parseInt(lengths[0]));
    assertThat(parts[1]).hasSize(Integer.parseInt(lengths[1]));
  }

  private CheckResult check() {
    ticks++;
    return CheckResult.of("orders:queue")
        .status(status)
        .observed(7, "jobs")
        .with("limit", 5)
        .output(status == Status.PASS ? null : "too long")
        .build();
  }

  private void becomes(Status next) throws Exception {
    status = next;
    await(() -> health.statuses().get("orders:queue") == next);
  }

  private static StatsdConfig statsd(DatagramSocket socket, Flavor flavor) {
    return StatsdConfig.builder(SHOP, "127.0.0.1")
        .port(socket.getLocalPort())
        .flavor(flavor)
        .interval(Duration.ofMillis(100))
        .build();
  }

  private void readLogs() throws IOException {
    try (Socket socket = logstash.accept();
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        logLines.add(line);
      }
    }
  }

  private static void readDatagrams(DatagramSocket socket, List<String> lines) throws IOException {
    byte[] bytes = new byte[65_536];
    while (true) {
      DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
      socket.receive(packet);
      String text = new String(bytes, 0, packet.getLength(), StandardCharsets.UTF_8);
      lines.addAll(Arrays.asList(text.split("\n")));
    }
  }

  private interface Reading {
    void run() throws IOException;
  }

  private static void daemon(Reading reading) {
    Thread thread =
        new Thread(
            () -> {
              try {
                reading.run();
              } catch (SocketException e) {
                // Closed: the test is over.
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static boolean found(List<String> lines, String part) {
    return !only(lines, line -> line.contains(part)).isEmpty();
  }

  private static List<String> only(List<String> lines, Predicate<String> wanted) {
    synchronized (lines) {
      return lines.stream().filter(wanted).collect(Collectors.toList());
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + 20 * SECOND;
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.sleep(10);
    }
  }
}

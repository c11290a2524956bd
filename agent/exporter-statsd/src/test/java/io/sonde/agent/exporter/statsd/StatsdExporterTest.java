// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.AgentThreads;
import io.sonde.agent.recording.ErrorRecord;
import io.sonde.agent.recording.Exchanges;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.LogEvent;
import io.sonde.agent.recording.PoolUse;
import io.sonde.agent.recording.ServiceIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatsdExporterTest {

  private static final ServiceIdentity SHOP =
      new ServiceIdentity("shop", "1.0", "prod", "web-1", "web-1.example.com");
  private static final String BASE = "sonde.shop.web-1.";

  private final Ledger ledger = new Ledger();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void catchLog() {
    AgentLog.to(new PrintStream(log, true));
  }

  @AfterEach
  void releaseLog() {
    AgentLog.to(null);
  }

  @Test
  void sendsEtsyNamesOfFixedArity() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      StatsdExporter exporter = started(udp(statsd));

      exporter.exchange(Exchanges.server("GET", "/users/{id}", 200).took(12_345_000).finished());
      exporter.exchange(Exchanges.server("GET", "/users/{id}", 204).took(1_000_000).finished());
      exporter.exchange(Exchanges.server("FOO", "/", 0).took(0).finished());
      exporter.exchange(
          Exchanges.client("POST", "db.example.com", 5432, 503).took(2_500_000).finished());
      close(exporter);

      statsd.awaitLine(BASE + "http.server.users-_id_.GET.2xx.count:2|c");
      statsd.awaitLine(BASE + "http.server.users-_id_.GET.2xx.time:12.345|ms");
      statsd.awaitLine(BASE + "http.server.users-_id_.GET.2xx.time:1|ms");
      statsd.awaitLine(BASE + "http.server.root.other.err.count:1|c");
      statsd.awaitLine(BASE + "http.server.root.other.err.time:0|ms");
      String peer = Segment.of("db.example.com:5432");
      statsd.awaitLine(BASE + "http.client." + peer + ".POST.5xx.count:1|c");
      statsd.awaitLine(BASE + "http.client." + peer + ".POST.5xx.time:2.5|ms");
    }
  }

  @Test
  void countsProbesApartAndNeverTimesThem() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      StatsdExporter exporter = started(udp(statsd));

      exporter.exchange(Exchanges.server("GET", "/health", 200).byProber().finished());
      close(exporter);

      statsd.awaitLine(BASE + "http.server.probe.GET.2xx.count:1|c");
      assertThat(statsd.lines()).noneMatch(line -> line.contains("probe") && line.contains("|ms"));
    }
  }

  @Test
  void countsExceptionsLogsAndPools() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      StatsdExporter exporter = started(udp(statsd));
      Throwable thrown = new RuntimeException(new ConnectException("refused"));

      exporter.error(new ErrorRecord(thrown, "0badcafe", "handler", 4, 0, "main", null));
      exporter.log(new LogEvent(5, 0, "a.B", "oh", "main", null, null, null));
      exporter.pool(new PoolUse("HikariPool-1", 3_000_000, false));
      exporter.pool(new PoolUse("HikariPool-1", 30_000_000, true));
      close(exporter);

      String type = Segment.of("java.net.ConnectException");
      statsd.awaitLine(BASE + "exceptions." + type + ".0badcafe.count:5|c");
      statsd.awaitLine(BASE + "logs.error.count:1|c");
      statsd.awaitLine(BASE + "pool.HikariPool-1.acquire:3|ms");
      statsd.awaitLine(BASE + "pool.HikariPool-1.acquire:30|ms");
      statsd.awaitLine(BASE + "pool.HikariPool-1.acquired:1|c");
      statsd.awaitLine(BASE + "pool.HikariPool-1.timeouts:1|c");
      assertThat(metrics().taken()).isEqualTo(8);
      assertThat(metrics().sent()).isEqualTo(8);
    }
  }

  @Test
  void writesDatadogTags() throws Exception {
    assertThat(lineOf(Flavor.DATADOG, "http.server.requests.total"))
        .isEqualTo(
            "http.server.requests.total:1|c|#route:/users/{id},method:GET,status:500,"
                + "outcome:SERVER_ERROR,exception:IllegalStateException,"
                + "service:shop,instance:web-1,env:prod,team:a_b");
    assertThat(lineOf(Flavor.DATADOG, "http.server.requests:"))
        .startsWith("http.server.requests:7|ms|#route:/users/{id},method:GET,status:500,");
  }

  @Test
  void writesTelegrafTags() throws Exception {
    assertThat(lineOf(Flavor.TELEGRAF, "http.server.requests.total"))
        .isEqualTo(
            "http.server.requests.total,route=/users/{id},method=GET,status=500,"
                + "outcome=SERVER_ERROR,exception=IllegalStateException,"
                + "service=shop,instance=web-1,env=prod,team=a_b:1|c");
  }

  @Test
  void writesGraphiteTags() throws Exception {
    assertThat(lineOf(Flavor.GRAPHITE_TAGS, "http.server.requests.total"))
        .isEqualTo(
            "http.server.requests.total;route=users-_id_;method=GET;status=500;"
                + "outcome=SERVER_ERROR;exception=IllegalStateException;"
                + "service=shop;instance=web-1;env=prod;team="
                + Segment.of("a,b")
                + ":1|c");
  }

  private String lineOf(Flavor flavor, String start) throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      StatsdConfig config = udp(statsd).flavor(flavor).tags(Map.of("team", "a,b")).build();
      StatsdExporter exporter = new StatsdExporter(config, ledger);
      exporter.start();
      exporter.exchange(
          Exchanges.server("GET", "/users/{id}", 500)
              .took(7_000_000)
              .threw(new IllegalStateException())
              .finished());
      close(exporter);
      FakeStatsd.await(start, () -> statsd.lines().stream().anyMatch(l -> l.startsWith(start)));
      return statsd.lines().stream().filter(l -> l.startsWith(start)).findFirst().get();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void sendsJvmMetersAndGaugesAndItself(Flavor flavor) throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      StatsdExporter exporter = new StatsdExporter(udp(statsd).flavor(flavor).build(), ledger);
      exporter.start();
      exporter.gauge("http.server.active", Map.of(), () -> 3);
      exporter.gauge("pool.active", Map.of("pool", "HikariPool-1"), () -> 7);
      exporter.gauge(
          "broken",
          Map.of(),
          () -> {
            throw new NoClassDefFoundError("planted");
          });
      System.gc();
      ticksUntil(exporter, statsd, "threads");

      for (String part : gaugesOf(flavor)) {
        FakeStatsd.await(part, () -> statsd.lines().stream().anyMatch(l -> l.startsWith(part)));
      }
      close(exporter);
    }
  }

  /** Ours in place of Micrometer's, which would be a second line each. */
  @Test
  void tellsTheStatesOfAllThreadsOnceAPoll() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      StatsdExporter exporter = started(udp(statsd).flavor(Flavor.DATADOG));
      ticksUntil(exporter, statsd, "jvm.threads.states");
      close(exporter);

      List<String> first =
          statsd.lines().stream()
              .filter(line -> line.startsWith("jvm.threads.states"))
              .limit(Thread.State.values().length)
              .toList();
      assertThat(first)
          .map(line -> line.replaceAll(".*state:([a-z-]+).*", "$1"))
          .containsExactlyInAnyOrder(
              "new", "runnable", "blocked", "waiting", "timed-waiting", "terminated");
      assertThat(first)
          .as("none is listed before it runs")
          .anyMatch(
              line -> line.startsWith("jvm.threads.states:0|g") && line.contains("state:new"));
      assertThat(first)
          .map(line -> line.replaceAll("[^:]*:(\\d+).*", "$1"))
          .map(Integer::valueOf)
          .satisfies(
              counts ->
                  assertThat(counts.stream().mapToInt(Integer::intValue).sum())
                      .isCloseTo(Thread.getAllStackTraces().size(), within(5)));
    }
  }

  private static String[] gaugesOf(Flavor flavor) {
    switch (flavor) {
      case ETSY:
        return new String[] {
          BASE + "http.server.all.all.all.active:3|g",
          BASE + "pool.HikariPool-1.active:7|g",
          BASE + "jvm.memory.used_heap_",
          BASE + "jvm.threads.live:",
          BASE + "jvm.classes.loaded:",
          BASE + "jvm.system.cpu_count:",
          BASE + "jvm.gc.live_data_size:",
          BASE + "sonde.statsd.metrics_taken:0|c",
          BASE + "sonde.statsd.samples_queued:",
          BASE + "sonde.statsd.folded:0|c",
        };
      case DATADOG:
        return new String[] {
          "http.server.active:3|g|#service:shop",
          "pool.active:7|g|#pool:HikariPool-1,service:shop",
          "jvm.memory.used:",
          "sonde.taken:0|c|#destination:statsd,signal:metrics,",
        };
      case TELEGRAF:
        return new String[] {
          "http.server.active,service=shop,instance=web-1,env=prod:3|g",
          "pool.active,pool=HikariPool-1,service=shop",
          "jvm.memory.used,area=heap,id=",
          "sonde.taken,destination=statsd,signal=metrics,",
        };
      default:
        return new String[] {
          "http.server.active;service=shop;instance=web-1;env=prod:3|g",
          "pool.active;pool=HikariPool-1;service=shop",
          "jvm.memory.used;area=heap;id=",
          "sonde.taken;destination=statsd;signal=metrics;",
        };
    }
  }

  @Test
  void tellsTheLedgerAfterAGarbageCollection() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      StatsdExporter exporter = started(udp(statsd));
      ticksUntil(exporter, statsd, "metrics_taken:0|c");

      System.gc();
      for (int i = 0; i < 7; i++) {
        exporter.exchange(Exchanges.server("GET", "/", 200).took(1).finished());
      }

      FakeStatsd.await(
          "seven taken",
          () -> {
            exporter.tick(System.nanoTime());
            return statsd.counter(BASE + "sonde.statsd.metrics_taken") == 7;
          });
      close(exporter);
    }
  }

  @Test
  void setsGaugeToZeroBeforeNegativeValueInOnePacket() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      StatsdExporter exporter = started(udp(statsd));
      exporter.gauge("queue.balance", Map.of(), () -> -5.5);
      ticksUntil(exporter, statsd, "balance:-5.5");
      close(exporter);

      int at = statsd.lines().indexOf(BASE + "queue.balance:-5.5|g");
      assertThat(statsd.lines().get(at - 1)).isEqualTo(BASE + "queue.balance:0|g");
    }
  }

  @Test
  void neverSendsNegativeGaugeBareExceptToDatadog() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      StatsdExporter exporter =
          new StatsdExporter(udp(statsd).flavor(Flavor.DATADOG).build(), ledger);
      exporter.start();
      exporter.gauge("queue.balance", Map.of(), () -> -5.5);
      ticksUntil(exporter, statsd, "queue.balance:-5.5|g");
      close(exporter);

      assertThat(statsd.lines()).noneMatch(line -> line.startsWith("queue.balance:0"));
    }
  }

  @Test
  void exchangesTheSourceOfAGauge() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      StatsdExporter exporter = started(udp(statsd));
      exporter.gauge("depth", Map.of(), () -> 1);
      ticksUntil(exporter, statsd, "depth:1|g");
      exporter.gauge("depth", Map.of(), () -> 2);
      ticksUntil(exporter, statsd, "depth:2|g");
      close(exporter);
    }
  }

  @Test
  void sendsAtMost64DurationsWithTheirRateBesideExactCounter() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      StatsdExporter exporter = started(udp(statsd));

      for (int i = 0; i < 1_000; i++) {
        exporter.exchange(Exchanges.server("GET", "/", 200).took(1_000_000).finished());
      }
      close(exporter);

      statsd.awaitLine(BASE + "http.server.root.GET.2xx.count:1000|c");
      FakeStatsd.await("durations of 1,000", () -> scaled(statsd) >= 999);
      assertThat(scaled(statsd)).isLessThan(1_001);
      assertThat(statsd.lines()).filteredOn(line -> line.contains(".time:")).hasSizeBetween(32, 64);
    }
  }

  /** How many requests the durations stand for. */
  private static double scaled(FakeStatsd statsd) {
    return statsd.lines().stream()
        .filter(line -> line.contains("root.GET.2xx.time:1|ms|@"))
        .mapToDouble(line -> 1 / Double.parseDouble(line.substring(line.indexOf('@') + 1)))
        .sum();
  }

  @Test
  void packsWholeLinesUpToPacketSize() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      StatsdExporter exporter = started(udp(statsd).maxPacket(512));

      for (int i = 0; i < 100; i++) {
        exporter.exchange(Exchanges.server("GET", "/route/" + i, 200).finished());
      }
      close(exporter);

      FakeStatsd.await("100 counters", () -> statsd.sum(".2xx.count") == 100);
      assertThat(statsd.packets()).allMatch(size -> size <= 512).anyMatch(size -> size > 440);
      assertThat(statsd.lines())
          .allMatch(line -> line.matches("[^:]+:-?[0-9.]+\\|(c|g|ms)(\\|@.*)?"));
    }
  }

  @Test
  void dropsAndCountsLineThatFitsNoPacket() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      StatsdExporter exporter = started(udp(statsd).maxPacket(80));

      exporter.exchange(Exchanges.server("GET", "/" + "x".repeat(70), 200).finished());
      exporter.exchange(Exchanges.server("GET", "/short", 200).finished());
      close(exporter);

      statsd.awaitLine(BASE + "http.server.short.GET.2xx.count:1|c");
      assertThat(metrics().droppedByReason()).containsEntry("too large", 1L);
      assertThat(metrics().sent()).isEqualTo(1);
    }
  }

  @Test
  void foldsSeriesBeyondTheCapIntoOther() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      StatsdExporter exporter = new StatsdExporter(udp(statsd).build(), ledger, 100);
      exporter.start();

      for (int i = 0; i < 1_000; i++) {
        exporter.exchange(Exchanges.server("GET", "/route/" + i, 200).finished());
        exporter.exchange(Exchanges.client("GET", "host-" + i, 80, 200).finished());
      }
      ticksUntil(exporter, statsd, "sonde.statsd.folded:1915|c");
      close(exporter);

      statsd.awaitLine(BASE + "http.server.other.GET.2xx.count:940|c");
      statsd.awaitLine(BASE + "http.client.other.GET.2xx.count:975|c");
    }
  }

  @Test
  void losesNoCounterWhileNobodyListensOnUdp() throws Exception {
    int port = FakeStatsd.freePort();
    StatsdExporter exporter = started(config(Protocol.UDP, port));
    for (int round = 0; round < 5; round++) {
      exporter.exchange(Exchanges.server("GET", "/", 200).took(1_000_000).finished());
      awaitRounds(exporter);
    }
    FakeStatsd.await("refused", () -> samples().droppedByReason().containsKey("refused"));
    assertThat(metrics().state()).isEqualTo("down: refused");

    try (FakeStatsd statsd = FakeStatsd.udp(port)) {
      close(exporter);

      FakeStatsd.await("the merged counter", () -> statsd.sum("root.GET.2xx.count") == 5);
      assertBalanced(5);
    }
  }

  @Test
  void keepsCountersWhileTcpIsDownAndCountsDurationsAsDropped() throws Exception {
    int port = FakeStatsd.freePort();
    StatsdExporter exporter = started(config(Protocol.TCP, port));
    for (int round = 0; round < 5; round++) {
      exporter.exchange(Exchanges.server("GET", "/", 200).took(1_000_000).finished());
      awaitRounds(exporter);
    }
    assertThat(metrics().queued()).isEqualTo(5);
    assertThat(samples().droppedByReason()).containsEntry("down", 5L);
    assertThat(metrics().state()).startsWith("down: ");

    try (FakeStatsd statsd = FakeStatsd.tcp(port)) {
      FakeStatsd.await(
          "reconnect",
          () -> {
            exporter.tick(System.nanoTime());
            return statsd.counter(BASE + "http.server.root.GET.2xx.count") == 5;
          });
      close(exporter);

      assertBalanced(5);
      assertThat(metrics().sent()).isEqualTo(5);
    }
  }

  @Test
  void reconnectsAfterOrderlyRestartWithoutLoss() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.tcp()) {
      StatsdExporter exporter = started(config(Protocol.TCP, statsd.port()));
      for (int round = 1; round <= 5; round++) {
        exporter.exchange(Exchanges.server("GET", "/", 200).finished());
        long expected = round;
        FakeStatsd.await(
            "round " + round,
            () -> {
              exporter.tick(System.nanoTime());
              return metrics().sent() == expected;
            });
        statsd.hangUp();
      }
      close(exporter);

      assertThat(statsd.counter(BASE + "http.server.root.GET.2xx.count")).isEqualTo(5);
      assertThat(statsd.connections()).isGreaterThanOrEqualTo(5);
      assertBalanced(5);
    }
  }

  @Test
  void endsByTheDeadlineAndCountsTheRestWhenBackendIsAbsent() throws Exception {
    StatsdExporter exporter = started(config(Protocol.TCP, FakeStatsd.freePort()));
    exporter.exchange(Exchanges.server("GET", "/", 200).finished());

    long before = System.nanoTime();
    close(exporter);

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    assertThat(metrics().droppedByReason()).containsEntry("shutdown", 1L);
    assertBalanced(1);
  }

  @Test
  void saysThatTheHostIsUnknownAndGoesOn() throws Exception {
    StatsdConfig config =
        StatsdConfig.builder(SHOP, "no-such-host.invalid").interval(Duration.ofMillis(20)).build();
    StatsdExporter exporter = new StatsdExporter(config, ledger);
    exporter.start();
    exporter.exchange(Exchanges.server("GET", "/", 200).finished());
    FakeStatsd.await(
        "state",
        () -> {
          exporter.tick(System.nanoTime());
          return metrics().state().equals("down: unknown host");
        });
    assertThat(metrics().queued()).isEqualTo(1);
    close(exporter);
    assertBalanced(1);
  }

  @Test
  void saysThatJavaHasNoUnixDatagramsAndUsesUdp() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      StatsdExporter exporter = started(config(Protocol.UNIX, statsd.port()));
      exporter.exchange(Exchanges.server("GET", "/", 200).finished());
      close(exporter);

      statsd.awaitLine(BASE + "http.server.root.GET.2xx.count:1|c");
      assertThat(log.toString(StandardCharsets.UTF_8))
          .contains("statsd.protocol=unix: Java has no unix datagram sockets");
    }
  }

  /** In a group of its own, since other tests' servers start threads whenever they please. */
  @Test
  void startsOnlyThreadsThatCarryTheMark() throws Exception {
    try (FakeStatsd statsd = FakeStatsd.udp()) {
      ThreadGroup own = new ThreadGroup("own");
      Set<Thread> before = threads(AgentThreads.GROUP);
      StatsdExporter exporter = in(own, () -> started(udp(statsd)));
      ticksUntil(exporter, statsd, "jvm.threads");

      Set<Thread> started = threads(AgentThreads.GROUP, own);
      started.removeAll(before);
      assertThat(started)
          .allMatch(thread -> thread.getThreadGroup() == AgentThreads.GROUP)
          .extracting(Thread::getName)
          .containsExactly("sonde-statsd");
      close(exporter);
    }
  }

  private static <T> T in(ThreadGroup group, Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    new Thread(group, task, "caller").start();
    return task.get();
  }

  private static Set<Thread> threads(ThreadGroup... groups) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> Arrays.asList(groups).contains(t.getThreadGroup())) // null: it has ended
        .filter(t -> !t.getName().equals("caller"))
        .collect(Collectors.toSet());
  }

  @Test
  void writesOneLineAChangeOfState() throws Exception {
    int port = FakeStatsd.freePort();
    StatsdExporter exporter = started(config(Protocol.TCP, port));
    for (int round = 0; round < 5; round++) {
      awaitRounds(exporter);
    }
    close(exporter);

    assertThat(log.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains("statsd: down")))
        .hasSize(1);
  }

  private Ledger.Account metrics() {
    return ledger.accounts().get(0);
  }

  private Ledger.Account samples() {
    return ledger.accounts().get(1);
  }

  private void assertBalanced(long records) {
    assertThat(metrics().taken()).isEqualTo(records);
    for (Ledger.Account account : ledger.accounts()) {
      assertThat(account.sent() + account.dropped()).isEqualTo(account.taken());
      assertThat(account.queued()).isZero();
    }
  }

  /** Until a batch that is handed over from now on was sent. */
  private void awaitRounds(StatsdExporter exporter) throws InterruptedException {
    for (int i = 0; i < 2; i++) {
      long handed = exporter.lastHandedNanos();
      FakeStatsd.await(
          "a round",
          () -> {
            exporter.tick(System.nanoTime());
            return exporter.lastHandedNanos() != handed;
          });
    }
  }

  private static void ticksUntil(StatsdExporter exporter, FakeStatsd statsd, String part)
      throws InterruptedException {
    FakeStatsd.await(
        part,
        () -> {
          exporter.tick(System.nanoTime());
          return statsd.lines().stream().anyMatch(line -> line.contains(part));
        });
  }

  private StatsdExporter started(StatsdConfig.Builder config) {
    StatsdExporter exporter = new StatsdExporter(config.build(), ledger);
    exporter.start();
    return exporter;
  }

  private static void close(StatsdExporter exporter) {
    exporter.close(System.nanoTime() + SECONDS.toNanos(2));
  }

  private static StatsdConfig.Builder udp(FakeStatsd statsd) throws IOException {
    return config(Protocol.UDP, statsd.port());
  }

  private static StatsdConfig.Builder config(Protocol protocol, int port) {
    return StatsdConfig.builder(SHOP, "127.0.0.1")
        .port(port)
        .protocol(protocol)
        .interval(Duration.ofNanos(MILLISECONDS.toNanos(20)));
  }
}

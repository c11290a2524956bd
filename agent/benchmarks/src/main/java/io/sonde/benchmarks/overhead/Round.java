// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.overhead;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One variant, measured once from start to end. */
final class Round {

  private static final double MIB = 1024 * 1024;

  /**
   * How long after the load CPU time still counts: agents hold spans for up to a second. The same
   * for none, as the JVM's compilers, too, are late.
   */
  private static final long TAIL_MILLIS = 1_200;

  private static final long STABLE_MILLIS = 1_000;
  private static final long DELIVERY_LIMIT_MILLIS = 8_000;
  private static final long POLL_MILLIS = 25;

  /** Of each path, again and again, so that what one path teaches the JIT is not undone later. */
  private static final long WARM_UP_SLICE_MILLIS = 1_000;

  /** Under load, of one core; from then on the time per request does not fall any more. */
  private static final double WARM_SHARE = 0.05;

  private static final double QUIET_COMPILERS_SHARE = 0.02;
  private static final long COMPILERS_LIMIT_MILLIS = 6_000;
  private static final long COMPILERS_POLL_MILLIS = 200;

  private static final List<Asked> ASKED =
      List.of(
          new Asked("/hello", 200, 1, Row.CPU_HELLO, Row.CODE_HELLO, Row.BYTES_HELLO),
          new Asked("/chain", 200, 3, Row.CPU_CHAIN, Row.CODE_CHAIN, Row.BYTES_CHAIN),
          new Asked("/url", 200, 3, Row.CPU_URL, Row.CODE_URL, Row.BYTES_URL),
          new Asked("/boom", 500, 1, Row.CPU_BOOM, Row.CODE_BOOM, Row.BYTES_BOOM));

  private final Options options;
  private final Results results;
  private final int number;
  private final Variant variant;
  private final List<Asked> asked;
  private long expectedSpans;
  private long deliveredSpans;

  Round(Options options, Results results, int number, Variant variant) {
    this.options = options;
    this.results = results;
    this.number = number;
    this.variant = variant;
    this.asked = ASKED.stream().filter(path -> options.asksFor(path.cpu)).toList();
  }

  List<Asked> asked() {
    return asked;
  }

  void run() throws IOException, InterruptedException {
    if (options.asksFor(Row.BARE)) {
      bare();
    }
    if (options.asksForService()) {
      service();
    }
    if (options.asksFor(Row.JAR) && variant.jar != null) {
      add(Row.JAR, Files.size(Path.of(variant.jar)) / MIB);
    }
  }

  List<String> arguments(Sink sink, int healthPort) {
    return variant.jvmArguments(sink, healthPort, options.settings());
  }

  private void bare() throws IOException, InterruptedException {
    try (Sink sink = new Sink();
        ServiceJvm jvm = ServiceJvm.bare(arguments(sink, ServiceJvm.freePort()))) {
      add(Row.BARE, jvm.startMillis());
    }
  }

  private void service() throws IOException, InterruptedException {
    int healthPort = ServiceJvm.freePort();
    try (Sink sink = new Sink();
        ServiceJvm jvm = ServiceJvm.spring(arguments(sink, healthPort))) {
      if (options.asksFor(Row.START)) {
        add(Row.START, jvm.startMillis());
      }
      warmUp(jvm);
      settle(jvm, sink);
      for (Asked path : asked) {
        measure(path, jvm, sink);
      }
      delivered();
      if (options.asksFor(Row.IDLE)) {
        awaitCompilers(jvm);
        Idleness idleness = idleness(jvm);
        Thread.sleep(options.idleMillis());
        idleness.end();
      }
      if (options.asksFor(Row.HEAP)) {
        memory(jvm);
      }
      if (variant == Variant.SONDE) {
        compareWithLedger(sink, healthPort);
      }
    }
  }

  /**
   * Asks all paths in turn until the compilers have next to nothing to do. The service has both
   * cores for that: on one, the compilers do not keep up for minutes.
   */
  void warmUp(ServiceJvm jvm) throws IOException, InterruptedException {
    List<Asked> paths = warmedUp();
    if (paths.isEmpty()) {
      return;
    }
    jvm.useCores("0,1");
    long start = System.nanoTime();
    double share = 1;
    while (share > WARM_SHARE && millisSince(start) < options.warmUpSeconds() * 1_000L) {
      share = 0;
      for (Asked path : paths) {
        CpuTime.Sample from = jvm.cpu().sample();
        new Load(jvm.port(), path.path, path.status).run(WARM_UP_SLICE_MILLIS, 0);
        share += jvm.cpu().nanosOfCompilers(from, jvm.cpu().sample());
        awaitCompilers(jvm);
      }
      share /= paths.size() * WARM_UP_SLICE_MILLIS * 1e6;
    }
    jvm.useCores("0");
    System.err.printf(
        "  warmed up for %d s, compilers at %.0f %%%n", millisSince(start) / 1_000, share * 100);
    note("warm-up, ms", millisSince(start));
    note("compilers when warm, %", share * 100);
  }

  /** Idleness and memory, too, are those of a service that has answered something. */
  private List<Asked> warmedUp() {
    boolean running = options.asksFor(Row.IDLE) || options.asksFor(Row.HEAP);
    return asked.isEmpty() && running ? ASKED.subList(0, 1) : asked;
  }

  void measure(Asked path, ServiceJvm jvm, Sink sink) throws IOException, InterruptedException {
    long spansBefore = sink.spans();
    Map<String, Long> allocated = options.threads() ? jvm.allocatedByGroup() : Map.of();
    ServiceJvm.Figures before = jvm.figures();
    CpuTime.Sample from = jvm.cpu().sample();

    Load load = new Load(jvm.port(), path.path, path.status);
    Load.Counts counts = load.run(TimeUnit.SECONDS.toMillis(options.seconds()), options.rate());
    CpuTime.Sample to = settle(jvm, sink);
    ServiceJvm.Figures after = jvm.figures();

    double requests = Math.max(1, counts.answered());
    long cpu = to.nanosSince(from);
    add(path.cpu, cpu / 1e3 / requests);
    add(path.code, (cpu - jvm.cpu().nanosOfCompilers(from, to)) / 1e3 / requests);
    add(path.bytes, (after.allocated() - before.allocated()) / requests);
    note("requests of " + path.path, counts.answered());
    note("collections of " + path.path, after.collections() - before.collections());
    note("spans of " + path.path, sink.spans() - spansBefore);
    threads(path.path, jvm.cpu().nanosByGroup(from, to), requests * 1e3, "µs per request");
    if (options.threads()) {
      Map<String, Long> grown = jvm.allocatedByGroup();
      allocated.forEach((group, bytes) -> grown.merge(group, -bytes, Long::sum));
      threads(path.path, grown, requests, "bytes per request");
    }
    expectedSpans += counts.answered() * path.spans;
    deliveredSpans += sink.spans() - spansBefore;
    if (counts.answered() == 0 || counts.wrong() > 0) {
      failed(path.path + ": " + counts.wrong() + " wrong of " + counts.answered() + " answers");
    }
  }

  /**
   * Waits until no span comes any more.
   *
   * @return the CPU time when the tail was over
   */
  private static CpuTime.Sample settle(ServiceJvm jvm, Sink sink)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long changed = start;
    long spans = sink.spans();
    CpuTime.Sample sample = null;
    while (sample == null
        || millisSince(changed) < STABLE_MILLIS && millisSince(start) < DELIVERY_LIMIT_MILLIS) {
      Thread.sleep(POLL_MILLIS);
      if (sink.spans() != spans) {
        spans = sink.spans();
        changed = System.nanoTime();
      }
      if (sample == null && millisSince(start) >= TAIL_MILLIS) {
        sample = jvm.cpu().sample();
      }
    }
    return sample;
  }

  /**
   * Waits until the JIT's queue is empty: at saturation it is far behind, and what it then compiles
   * would be counted as the cost of a request, or of doing nothing.
   */
  private static void awaitCompilers(ServiceJvm jvm) throws IOException, InterruptedException {
    long start = System.nanoTime();
    CpuTime.Sample from = jvm.cpu().sample();
    long quiet = (long) (COMPILERS_POLL_MILLIS * 1e6 * QUIET_COMPILERS_SHARE);
    long used;
    do {
      Thread.sleep(COMPILERS_POLL_MILLIS);
      CpuTime.Sample to = jvm.cpu().sample();
      used = jvm.cpu().nanosOfCompilers(from, to);
      from = to;
    } while (used > quiet && millisSince(start) < COMPILERS_LIMIT_MILLIS);
  }

  void delivered() {
    if (variant != Variant.NONE && expectedSpans > 0) {
      add(Row.DELIVERED, 100.0 * deliveredSpans / expectedSpans);
    }
  }

  /** Begins to measure a service that nobody asks. */
  Idleness idleness(ServiceJvm jvm) throws IOException {
    return new Idleness(jvm);
  }

  private void memory(ServiceJvm jvm) throws IOException {
    add(Row.RESIDENT, jvm.residentKb() / 1024.0);
    ServiceJvm.Figures figures = jvm.figuresAfterGc();
    add(Row.HEAP, figures.heap() / MIB);
    add(Row.CLASSES, figures.classes());
  }

  void compareWithLedger(Sink sink, int healthPort) throws IOException, InterruptedException {
    SondeLedger ledger = SondeLedger.read(healthPort);
    add(Row.LEDGER, sink.spans() - ledger.acked());
    note("spans in the ledger", ledger.acked());
    if (sink.spans() != ledger.acked()) {
      failed("the sink has " + sink.spans() + " spans, the ledger says " + ledger.account());
    }
  }

  private void threads(String during, Map<String, Long> byGroup, double per, String unit) {
    if (options.threads()) {
      System.err.printf("  %s, %s, %s:%n", variant.title, during, unit);
    }
    byGroup.entrySet().stream()
        .filter(group -> group.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(
            group -> {
              double share = group.getValue() / per;
              note(during + ", " + unit + ", " + group.getKey(), share);
              if (options.threads()) {
                System.err.printf("    %-16s %9.3f%n", group.getKey(), share);
              }
            });
  }

  private void add(Row row, double value) {
    results.add(number, variant, row, value);
  }

  private void note(String what, double value) {
    results.note(number, variant, what, value);
  }

  private void failed(String why) {
    System.err.println("FAILED: " + why);
    results.failed("round " + number + ", " + variant.title, why);
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }

  /** From its making to its end. */
  final class Idleness {
    private final ServiceJvm jvm;
    private final long startNanos = System.nanoTime();
    private final CpuTime.Sample from;

    private Idleness(ServiceJvm jvm) throws IOException {
      this.jvm = jvm;
      this.from = jvm.cpu().sample();
    }

    void end() throws IOException {
      CpuTime.Sample to = jvm.cpu().sample();
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      long cpu = to.nanosSince(from);
      add(Row.IDLE, cpu / 1e6 / seconds);
      add(Row.IDLE_CODE, (cpu - jvm.cpu().nanosOfCompilers(from, to)) / 1e6 / seconds);
      threads("idle", jvm.cpu().nanosByGroup(from, to), seconds * 1e6, "ms a second");
    }
  }

  /** A path of the service, and how many spans it makes. */
  record Asked(String path, int status, int spans, Row cpu, Row code, Row bytes) {}
}

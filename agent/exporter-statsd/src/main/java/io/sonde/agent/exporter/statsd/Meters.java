// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.statsd.StatsdMeterRegistry;
import io.sonde.agent.recording.AgentLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Micrometer's registry with the JVM's meters, the gauges of others and Sonde's own, as lines.
 * Opened and polled on the sender's thread; {@link #gauge} on any.
 *
 * <p>Gauges are read when they are polled, and written straight into packets. What tells of its
 * events comes through a bounded queue: the binder of the garbage collector records on a thread of
 * the JVM.
 */
final class Meters {

  private static final int MAX_LINES = 8_192;

  /** Micrometer keeps a gauge for ever: beyond that they are refused, and told. */
  private static final int MAX_GAUGES = 2_000;

  /** A gauge whose source can be exchanged; Micrometer knows no such thing. */
  private static final class Source {
    final String name;
    final Map<String, String> tags;
    volatile DoubleSupplier value;
    boolean registered;

    Source(String name, Map<String, String> tags, DoubleSupplier value) {
      this.name = name;
      this.tags = tags;
      this.value = value;
    }

    /** What another module's source throws must not end the polling of all. */
    double read() {
      try {
        return value.getAsDouble();
      } catch (Throwable t) {
        AgentLog.once("statsd gauge " + name, "statsd: " + name + ": " + AgentLog.brief(t));
        return Double.NaN;
      }
    }
  }

  private final Naming naming;
  private final Deliveries deliveries;
  private final MessagePassingQueue<String> lines = new MpscAtomicArrayQueue<>(MAX_LINES);
  private final Queue<PolledMeter> polled = new ConcurrentLinkedQueue<>();
  private final ConcurrentMap<String, Source> sources = new ConcurrentHashMap<>();

  /** Micrometer holds what a counter reads weakly: without this it stood still after a GC. */
  private final List<LongSupplier> counted = new ArrayList<>();

  private @Nullable StatsdMeterRegistry registry;
  private @Nullable JvmGcMetrics gc;

  Meters(Naming naming, Deliveries deliveries) {
    this.naming = naming;
    this.deliveries = deliveries;
  }

  /** Adds a gauge, or exchanges the source of the one with that name and those tags. */
  void gauge(String name, Map<String, String> tags, DoubleSupplier value) {
    String key = name + tags;
    if (sources.size() >= MAX_GAUGES && !sources.containsKey(key)) {
      AgentLog.once("statsd gauges", "statsd: more than " + MAX_GAUGES + " gauges: " + name);
      return;
    }
    Source added = sources.computeIfAbsent(key, k -> new Source(name, tags, value));
    added.value = value;
  }

  /** Loads Micrometer: about 200 ms on one core, the first time. */
  void open() {
    QuietLogs.install();
    NoScheduler.install();
    registry =
        StatsdMeterRegistry.builder(key -> null)
            .lineBuilder((id, histogram) -> new SondeLineBuilder(id, naming))
            .lineSink(this::sink)
            .build();
    registry.config().onMeterAdded(this::added);
    CpuUsage cpu = cpuUsage();
    registry.config().meterFilter(ThreadStates.INSTEAD);
    if (cpu != null) {
      registry.config().meterFilter(CpuUsage.INSTEAD);
    }
    gc = new JvmGcMetrics();
    bind(gc);
    bind(new JvmMemoryMetrics());
    bind(new JvmThreadMetrics());
    bind(new ClassLoaderMetrics());
    bind(new ProcessorMetrics());
    bind(new FileDescriptorMetrics());
    bind(new OwnCpu());
    // After those that they replace: a name that is registered is looked up before any filter is.
    bind(new ThreadStates());
    if (cpu != null) {
      bind(cpu);
    }
  }

  boolean isOpen() {
    return registry != null;
  }

  /** On any thread: the collector's timers are added when they first tell something. */
  private void added(Meter meter) {
    PolledMeter silent = PolledMeter.of(meter, naming);
    if (silent != null) {
      polled.add(silent);
    }
  }

  /** A JVM that lacks what one binder reads keeps the others. */
  private void bind(MeterBinder binder) {
    try {
      binder.bindTo(registry);
    } catch (RuntimeException | LinkageError e) {
      AgentLog.warn("statsd: no " + binder.getClass().getSimpleName() + ": " + AgentLog.brief(e));
    }
  }

  /** Null in a JVM of another vendor or without jdk.management: Micrometer asks what there is. */
  private static @Nullable CpuUsage cpuUsage() {
    try {
      return new CpuUsage();
    } catch (RuntimeException | LinkageError e) {
      return null;
    }
  }

  /** Grows for ever; sent as its change since the last poll. */
  void counter(MetricNames metric, List<Tag> tags, LongSupplier value) {
    counted.add(value);
    FunctionCounter.builder(metric.logical(), value, LongSupplier::getAsLong)
        .tags(tags)
        .register(registry);
  }

  /** Goes up and down. */
  void level(MetricNames metric, List<Tag> tags, LongSupplier value) {
    Gauge.builder(metric.logical(), value, LongSupplier::getAsLong)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  /** Reads all that say nothing by themselves. */
  void poll(LineWriter line, Consumer<LineWriter> to) {
    for (Source source : sources.values()) {
      if (!source.registered) {
        source.registered = true;
        register(source);
      }
    }
    for (PolledMeter meter : polled) {
      try {
        if (meter.write(line)) {
          deliveries.linesTaken(1);
          to.accept(line);
        }
      } catch (RuntimeException | LinkageError e) {
        AgentLog.once("statsd meter " + meter, "statsd: " + meter + ": " + AgentLog.brief(e));
      }
    }
  }

  private void register(Source source) {
    List<Tag> tags = new ArrayList<>();
    source.tags.forEach((key, value) -> tags.add(Tag.of(key, value)));
    // A strong reference: Micrometer's own weak one would let the gauge vanish.
    Gauge.builder(source.name, source, Source::read)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  /** What others have told since the last time. */
  void drain(Consumer<String> to) {
    for (String line = lines.relaxedPoll(); line != null; line = lines.relaxedPoll()) {
      to.accept(line);
    }
  }

  private void sink(String line) {
    deliveries.linesTaken(1);
    if (!lines.relaxedOffer(line)) {
      deliveries.dropped("queue full", 0, 1);
    }
  }

  /** Lets go of the JVM's listeners. */
  void close() {
    if (gc != null) {
      gc.close();
    }
    if (registry != null) {
      registry.stop();
    }
  }
}

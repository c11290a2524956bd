// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The queue between the application's threads and Sonde's, and the one thread that empties it. The
 * thread only aggregates: it settles the route, tracks errors and calls each {@link Exporter}.
 *
 * <p>It polls while there is work, every 10 ms: a wake-up per request costs more than the request's
 * whole recording. When there was none for a second it sleeps until an exporter has something to
 * do, and says so; the first to offer something then wakes it.
 *
 * <p>Supervised: what an exporter throws, an {@code Error} included, is counted, told once, and
 * stops neither the thread nor the other exporters.
 */
public final class Pipeline {

  /** In items. At 10 ms between looks that is 1.6 million a second. */
  static final int CAPACITY = 16_384;

  private static final long BUSY_PARK_NANOS = 10_000_000;

  /** Each wake-up of a cold thread is 0.1 to 0.2 ms of CPU. */
  private static final long IDLE_PARK_NANOS = 5_000_000_000L;

  private static final long TICK_NANOS = 100_000_000;
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final int BATCH = 1_024;

  /** Between the line that logs an exception and the end of its request. */
  private static final long GATHER_NANOS = 500_000_000;

  private final MessagePassingQueue<Object> queue = new MpscAtomicArrayQueue<>(CAPACITY);
  private volatile List<Exporter> exporters = Collections.emptyList();
  private final Ledger.Account account;
  private final LongAdder exporterFailures = new LongAdder();
  private final RouteNamer routes = new RouteNamer();
  private final ErrorTracker errors;
  private final RequestTrails trails = new RequestTrails();
  private final Thread thread = AgentThreads.unstarted("pipeline", this::run);
  private volatile LongConsumer sweeper = now -> {};
  private volatile LongConsumer farewell = now -> {};
  private volatile boolean closing;

  /**
   * Set by the thread before it looks at the queue once more and sleeps. No wake-up is missed: the
   * queue's compare-and-set stands between an item and the look at this flag.
   */
  private volatile boolean asleep;

  private volatile long lastEmptyNanos = System.nanoTime();
  private long lastItemNanos = System.nanoTime();
  private long lastTick;
  private long lastSecond;
  private int swallowedTold;
  private boolean saidFarewell;

  /** Takes items from now on; they wait until {@link #start}. */
  public Pipeline(Ledger ledger) {
    this(ledger, GATHER_NANOS);
  }

  /**
   * @param gatherNanos how long the record of an exception waits for other places that see it
   */
  public Pipeline(Ledger ledger, long gatherNanos) {
    this.errors = new ErrorTracker(gatherNanos);
    this.account = ledger.account("items", "pipeline");
    account.queuedBy(queue::size);
  }

  /** The exporters are started on the pipeline's thread, in order. Called once. */
  public void start(List<Exporter> newExporters) {
    exporters = new ArrayList<>(newExporters);
    thread.start();
  }

  /**
   * Adds without waiting. Returns false when the queue is full: the item is then lost, and counted.
   * Any thread.
   */
  boolean offer(Object item) {
    account.taken(1);
    if (queue.relaxedOffer(item)) {
      if (asleep) {
        wake();
      }
      return true;
    }
    account.dropped("queue full", 1);
    LockSupport.unpark(thread);
    return false;
  }

  private void wake() {
    asleep = false;
    LockSupport.unpark(thread);
  }

  /** Tells the exporters of a change. Any thread; waits for nobody. */
  public void healthChanged(HealthChange change) {
    offer(change);
  }

  /** Tells the exporters who has started. Any thread; waits for nobody. */
  public void serviceStarted(ServiceStart start) {
    offer(start);
  }

  void offerSwallowed(Throwable thrown) {
    offer(new Swallowed(thrown));
  }

  void sweepBy(LongConsumer newSweeper) {
    sweeper = newSweeper;
  }

  /** Called once, before the queue is emptied for the last time; may offer. */
  void beforeEnd(LongConsumer newFarewell) {
    farewell = newFarewell;
  }

  /** How long ago the queue was last seen empty, in milliseconds. */
  public long lagMillis() {
    return queue.isEmpty() ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastEmptyNanos);
  }

  /** True when something waits to be taken up. */
  public boolean hasItems() {
    return !queue.isEmpty();
  }

  /** What the routes of server exchanges were settled to. Any thread. */
  public RouteReport routes() {
    return routes.report();
  }

  /** The most frequent exceptions of the last hour, at most 20. Any thread. */
  public List<ErrorCount> frequentErrors() {
    return errors.counts().frequent(System.currentTimeMillis());
  }

  /** What exporters threw since the start. */
  public long exporterFailures() {
    return exporterFailures.sum();
  }

  /** False when the thread has ended though nobody closed it. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  /**
   * Empties the queue, then lets every exporter flush side by side, until the deadline.
   *
   * @param deadlineNanos in {@link System#nanoTime} terms
   */
  public void close(long deadlineNanos) {
    closing = true;
    LockSupport.unpark(thread);
    join(thread, deadlineNanos);
    List<Thread> closers = new ArrayList<>();
    for (Exporter exporter : exporters) {
      Thread closer =
          AgentThreads.unstarted(
              "close-" + exporter.name(), () -> guarded(exporter, e -> e.close(deadlineNanos)));
      closer.start();
      closers.add(closer);
    }
    closers.forEach(closer -> join(closer, deadlineNanos));
  }

  private static void join(Thread thread, long deadlineNanos) {
    try {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    for (Exporter exporter : exporters) {
      guarded(exporter, Exporter::start);
    }
    while (true) {
      try {
        boolean last = closing;
        if (last && !saidFarewell) {
          saidFarewell = true;
          farewell.accept(System.nanoTime());
        }
        boolean worked = drain();
        tick();
        if (last && queue.isEmpty()) {
          errors.due(System.nanoTime(), true).forEach(this::export);
          return;
        }
        if (!worked) {
          park();
        }
      } catch (Throwable t) {
        failed("pipeline", t);
      }
    }
  }

  private void park() {
    if (System.nanoTime() - lastItemNanos < SECOND_NANOS) {
      LockSupport.parkNanos(this, BUSY_PARK_NANOS);
      return;
    }
    asleep = true;
    if (queue.isEmpty() && !closing) {
      LockSupport.parkNanos(this, restNanos());
    }
    asleep = false;
  }

  /** At least the time of a tick: with less the next turn would do nothing. */
  private long restNanos() {
    long now = System.nanoTime();
    long rest = errors.isGathering() ? TICK_NANOS : IDLE_PARK_NANOS;
    for (Exporter exporter : exporters) {
      rest = Math.min(rest, exporter.restNanos(now));
    }
    return Math.max(rest, TICK_NANOS);
  }

  /** Returns true when it was worth looking again at once. */
  private boolean drain() {
    int count = 0;
    for (Object item = queue.relaxedPoll(); item != null; item = queue.relaxedPoll()) {
      dispatch(item);
      if (++count == BATCH) {
        break;
      }
    }
    long now = System.nanoTime();
    if (count > 0) {
      account.sent(count);
      lastItemNanos = now;
    }
    if (count < BATCH) {
      lastEmptyNanos = now;
    }
    return count == BATCH;
  }

  private void dispatch(Object item) {
    try {
      if (item instanceof Exchange) {
        exchange((Exchange) item);
      } else if (item instanceof LogEvent) {
        log((LogEvent) item);
      } else if (item instanceof PoolUse) {
        each(exporter -> exporter.pool((PoolUse) item));
        ((PoolUse) item).letGoOfFailure();
      } else if (item instanceof HealthChange) {
        each(exporter -> exporter.healthChanged((HealthChange) item));
      } else if (item instanceof ServiceStart) {
        each(exporter -> exporter.serviceStarted((ServiceStart) item));
      } else if (item instanceof Unhandled) {
        unhandled((Unhandled) item);
      } else {
        tellSwallowed((Swallowed) item);
      }
    } catch (Throwable t) {
      failed("pipeline", t);
    }
  }

  private void exchange(Exchange exchange) {
    boolean server = exchange.kind == Exchange.Kind.SERVER;
    if (server) {
      routes.settle(exchange);
      exchange.handler = withoutPackage(exchange.handler);
    }
    for (int i = 0; i < exporters.size(); i++) {
      Exporter exporter = exporters.get(i);
      try {
        exporter.exchange(exchange);
      } catch (Throwable t) {
        failed(exporter.name(), t);
      }
    }
    if (!server) {
      trails.called(exchange);
    } else if (exchange.thrown == null) {
      trails.forget(exchange);
    } else {
      long epochMillis = WallClock.millis(exchange.startNanos + exchange.durationNanos);
      track(exchange.thrown, "handler", epochMillis, exchange.threadName, exchange);
    }
  }

  /** {@code com.acme.OrderController#find(long)} is {@code OrderController#find(long)}. */
  private static @Nullable String withoutPackage(@Nullable String handler) {
    int method = handler == null ? -1 : handler.indexOf('#');
    return method < 0 ? handler : handler.substring(handler.lastIndexOf('.', method) + 1);
  }

  /** What is logged as a problem is one, whoever handled it. */
  private void log(LogEvent event) {
    trails.logged(event);
    each(exporter -> exporter.log(event));
    if (event.thrown() != null && event.level() >= LogEvent.WARN) {
      track(event.thrown(), "log", event.epochMillis(), event.threadName(), event.exchange());
    }
  }

  private void unhandled(Unhandled item) {
    track(item.thrown, item.place, item.epochMillis, item.threadName, item.exchange);
  }

  private void track(
      Throwable thrown,
      String seenAt,
      long epochMillis,
      String threadName,
      @Nullable Exchange exchange) {
    long now = System.nanoTime();
    errors.track(thrown, seenAt, epochMillis, threadName, exchange, now);
    if (!errors.gathers()) {
      errors.due(now, false).forEach(this::export);
    }
  }

  private void export(ErrorRecord record) {
    Exchange exchange = record.exchange();
    ErrorRecord whole = exchange == null ? record : record.after(trails.take(exchange));
    each(exporter -> exporter.error(whole));
  }

  private void each(Consumer<Exporter> action) {
    for (Exporter exporter : exporters) {
      guarded(exporter, action);
    }
  }

  private void guarded(Exporter exporter, Consumer<Exporter> action) {
    try {
      action.accept(exporter);
    } catch (Throwable t) {
      failed(exporter.name(), t);
    }
  }

  private void failed(String where, Throwable t) {
    exporterFailures.increment();
    AgentLog.once("exporter " + where + t.getClass(), where + ": " + AgentLog.brief(t));
  }

  private void tick() {
    long now = System.nanoTime();
    if (now - lastTick < TICK_NANOS) {
      return;
    }
    lastTick = now;
    each(exporter -> exporter.tick(now));
    if (errors.isGathering()) {
      errors.due(now, false).forEach(this::export);
    }
    if (now - lastSecond >= SECOND_NANOS) {
      lastSecond = now;
      WallClock.adjust();
      sweeper.accept(now);
      errors.due(now, false).forEach(this::export);
    }
  }

  /** Told by the pipeline, since advice never logs. A few, so that a storm stays small. */
  private void tellSwallowed(Swallowed item) {
    if (swallowedTold++ < 10) {
      AgentLog.once(
          "swallowed " + item.thrown.getClass(),
          "an instrumentation failed; the application did not notice: "
              + AgentLog.brief(item.thrown)
              + (item.thrown.getStackTrace().length > 0
                  ? " at " + item.thrown.getStackTrace()[0]
                  : ""));
    }
  }

  /** What a door of the bridge caught, on its way to the log. */
  private static final class Swallowed {
    final Throwable thrown;

    Swallowed(Throwable thrown) {
      this.thrown = thrown;
    }
  }
}

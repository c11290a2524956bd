// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM knows about itself. JMX is touched for the first time on the health thread; in a
 * runtime without {@code java.management} these checks pass and say so.
 */
public final class JvmChecks {

  private JvmChecks() {}

  /** Adds {@code threads:deadlock}, {@code memory:heapAfterGc} and {@code uptime}. */
  public static void addTo(Health health) {
    health.add(Deadlock.KEY, deadlock());
    health.add(HeapAfterGc.KEY, heapAfterGc(90, 85));
    health.add(Uptime.KEY, uptime());
  }

  /** Fails, for liveness too, while threads are deadlocked. Looks every 10 s at most. */
  public static HealthCheck deadlock() {
    return new Deadlock(System::nanoTime);
  }

  /**
   * Warns when the heap was still that full after a garbage collection, for 3 ticks.
   *
   * @param warnPercent of the heap's maximum
   * @param recoverPercent below this it is well again
   */
  public static HealthCheck heapAfterGc(double warnPercent, double recoverPercent) {
    return heapAfterGc(Hysteresis.warnAbove(warnPercent, recoverPercent).build());
  }

  /** The same with thresholds of one's own, in percent of the heap's maximum. */
  public static HealthCheck heapAfterGc(Hysteresis percent) {
    return new HeapAfterGc(percent, JvmChecks::heapAfterGc, System::nanoTime);
  }

  /** Since the JVM's start, in seconds; always passes. */
  public static HealthCheck uptime() {
    return new Uptime();
  }

  private static CheckResult withoutJmx(String key) {
    return CheckResult.of(key).output("this runtime lacks java.management").build();
  }

  /** Bytes in use after the last collection of each heap pool; 0 before the first. */
  private static long heapAfterGc() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : HeapPools.ALL) {
      MemoryUsage usage = pool.getCollectionUsage();
      bytes += usage == null ? 0 : usage.getUsed();
    }
    return bytes;
  }

  /** They are the same for the JVM's life; asking for them walks all of its beans. */
  private static final class HeapPools {
    static final List<MemoryPoolMXBean> ALL =
        new ArrayList<>(ManagementFactory.getMemoryPoolMXBeans());

    static {
      ALL.removeIf(pool -> pool.getType() != MemoryType.HEAP);
    }
  }

  /** Kept for the same reason. */
  private static final class Threads {
    static final ThreadMXBean BEAN = ManagementFactory.getThreadMXBean();
  }

  static final class Deadlock implements HealthCheck {

    static final String KEY = "threads:deadlock";
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int NAMED_THREADS = 5;

    private final LongSupplier nanoTime;
    private @Nullable CheckResult last;
    private long lastNanos;

    Deadlock(LongSupplier nanoTime) {
      this.nanoTime = nanoTime;
    }

    @Override
    public CheckResult check() {
      long now = nanoTime.getAsLong();
      if (last == null || now - lastNanos >= EVERY_NANOS) {
        last = look(); // stops all threads for a moment, hence not at every tick
        lastNanos = now;
      }
      return last;
    }

    @Override
    public boolean liveness() {
      return true;
    }

    private static CheckResult look() {
      try {
        long[] ids = Threads.BEAN.findDeadlockedThreads();
        int count = ids == null ? 0 : ids.length;
        CheckResult.Builder result =
            CheckResult.of(KEY).componentType("system").observed(count, "threads");
        return count == 0
            ? result.build()
            : result.status(Status.FAIL).output(describe(ids)).build();
      } catch (LinkageError e) {
        return withoutJmx(KEY);
      }
    }

    private static String describe(long[] ids) {
      StringBuilder text = new StringBuilder(ids.length + " threads deadlocked: ");
      int named = 0;
      for (ThreadInfo info : Threads.BEAN.getThreadInfo(ids)) {
        if (info != null && named < NAMED_THREADS) {
          text.append(named++ == 0 ? "" : ", ").append(CheckResult.cut(info.getThreadName(), 40));
        }
      }
      return text.toString();
    }
  }

  static final class HeapAfterGc implements HealthCheck {

    static final String KEY = "memory:heapAfterGc";

    private final Hysteresis hysteresis;
    private final LongSupplier usedBytes;
    private final LongSupplier nanoTime;
    private @Nullable CheckResult last;
    private double lastPercent;

    HeapAfterGc(Hysteresis hysteresis, LongSupplier usedBytes, LongSupplier nanoTime) {
      this.hysteresis = hysteresis;
      this.usedBytes = usedBytes;
      this.nanoTime = nanoTime;
    }

    @Override
    public CheckResult check() {
      try {
        return judge(usedBytes.getAsLong(), Runtime.getRuntime().maxMemory());
      } catch (LinkageError e) {
        return withoutJmx(KEY);
      }
    }

    @Override
    public boolean settled() {
      return hysteresis.settled();
    }

    private CheckResult judge(long used, long max) {
      double percent = Math.round(1_000.0 * used / max) / 10.0;
      Status status = hysteresis.tick(percent, Long.MAX_VALUE, nanoTime.getAsLong());
      if (last == null || last.status() != status || lastPercent != percent) {
        lastPercent = percent;
        last = result(percent, status, used, max);
      }
      return last;
    }

    private static CheckResult result(double percent, Status status, long used, long max) {
      return CheckResult.of(KEY)
          .componentType("system")
          .observed(percent, "percent")
          .status(status)
          .output(status == Status.PASS ? null : percent + " % of the heap in use after GC")
          .with("usedBytes", used)
          .with("maxBytes", max)
          .build();
    }
  }

  private static final class Uptime implements HealthCheck {

    static final String KEY = "uptime";

    private @Nullable CheckResult last;

    /** As of the first tick: a document has that of now. */
    @Override
    public CheckResult check() {
      if (last == null) {
        last = now();
      }
      return last;
    }

    private static CheckResult now() {
      try {
        long millis = ManagementFactory.getRuntimeMXBean().getUptime();
        return CheckResult.of(KEY)
            .componentType("system")
            .observed(TimeUnit.MILLISECONDS.toSeconds(millis), "s")
            .build();
      } catch (LinkageError e) {
        return withoutJmx(KEY);
      }
    }

    @Override
    public List<CheckResult> refresh(List<CheckResult> before) {
      return Collections.singletonList(now());
    }
  }
}

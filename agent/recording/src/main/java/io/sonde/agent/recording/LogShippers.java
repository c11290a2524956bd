// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Appenders of the application that send its events to Logstash themselves, by weak reference.
 * Bounded: one more than the limit is not looked at, and costs duplicates at most.
 *
 * <p>An appender that was started may hang on no logger, or be taken away when the application
 * reads its configuration again. So Sonde's thread looks every few seconds; the application's
 * threads only add, and only when an appender starts.
 */
public final class LogShippers {

  /** Asked on Sonde's thread. */
  public interface Reader {

    /** What to call an appender that is started and hangs on a logger; else null. */
    @Nullable String inUse(Object appender);
  }

  /** Told on Sonde's thread when it has changed. */
  public interface Listener {

    /**
     * @param name of the appender that is in use, or null when there is none any more
     */
    void changed(@Nullable String name);
  }

  private static final int MAX_APPENDERS = 64;

  /** A look walks over all loggers of a context. */
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final List<WeakReference<Object>> appenders = new CopyOnWriteArrayList<>();
  private volatile @Nullable Watch watch;

  /** Looks at once, on the calling thread, and from then on with the pipeline. */
  public void watch(Reader reader, Listener listener) {
    Watch next = new Watch(reader, listener);
    next.look(System.nanoTime());
    watch = next;
  }

  /** Any thread. */
  void add(Object appender) {
    appenders.removeIf(known -> known.get() == null || known.get() == appender);
    if (appenders.size() < MAX_APPENDERS) {
      appenders.add(new WeakReference<>(appender));
    }
  }

  void sweep(long nowNanos) {
    Watch watching = watch;
    if (watching != null && nowNanos - watching.lookedNanos >= INTERVAL_NANOS) {
      watching.look(nowNanos);
    }
  }

  /** Used by one thread at a time: the starting one, then the pipeline's. */
  private final class Watch {

    private final Reader reader;
    private final Listener listener;
    private @Nullable String told;
    private long lookedNanos;

    Watch(Reader reader, Listener listener) {
      this.reader = reader;
      this.listener = listener;
    }

    void look(long nowNanos) {
      lookedNanos = nowNanos;
      String name = firstInUse();
      boolean changed = (name == null) != (told == null);
      told = name;
      if (changed) {
        listener.changed(name);
      }
    }

    private @Nullable String firstInUse() {
      for (WeakReference<Object> reference : appenders) {
        Object appender = reference.get();
        String name = appender == null ? null : reader.inUse(appender);
        if (name != null) {
          return name;
        }
      }
      return null;
    }
  }
}

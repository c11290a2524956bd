// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.lang.ref.WeakReference;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What tasks have thrown, until somebody asks for their results. Lost is what nobody can ask for
 * any more, since the future is unreachable, and what nobody has asked for in a minute.
 *
 * <p>Exceptions are told apart by their root cause: futures wrap, fork/join pools copy, and a chain
 * of stages hands on. What keeps them is held weakly, they themselves for a minute at most.
 *
 * <p>Lock-free and bounded. A failure tries a few slots from a random one on; when all are taken it
 * is not watched, and that is counted.
 */
final class UnreadFailures {

  static final int SLOTS = 1_024;
  static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int TRIES = 32;

  /** One of them. */
  static final class Failure {
    private final Unhandled item;
    private final Throwable root;
    private final long sinceNanos;
    private int slot;

    /** Null while it is being made. */
    private volatile @Nullable WeakReference<Object> keeper;

    Failure(Unhandled item, long sinceNanos) {
      this.item = item;
      this.root = RootCause.of(item.thrown);
      this.sinceNanos = sinceNanos;
    }

    private boolean mayBeKeptBy(Object other) {
      WeakReference<Object> known = keeper;
      return known == null || known.get() == other;
    }

    private boolean isOver(long nowNanos) {
      WeakReference<Object> known = keeper;
      boolean unreachable = known != null && known.get() == null;
      return unreachable || nowNanos - sinceNanos > PATIENCE_NANOS;
    }
  }

  private final Slots<Failure> slots = new Slots<>(SLOTS);
  private final LongAdder overflow = new LongAdder();

  /** Any thread. False when there is no room. */
  boolean add(Failure failure) {
    int start = ThreadLocalRandom.current().nextInt();
    for (int i = 0; i < TRIES; i++) {
      int slot = (start + i) & (SLOTS - 1);
      failure.slot = slot;
      if (slots.get(slot) == null && slots.put(slot, null, failure)) {
        return true;
      }
    }
    overflow.increment();
    return false;
  }

  /**
   * Whoever reaches the keeper may ask. Any thread.
   *
   * @param keeper null: nobody can, and it was lost to nobody
   */
  void kept(Failure failure, @Nullable Object keeper) {
    if (keeper == null) {
      slots.remove(failure.slot, failure);
    } else {
      failure.keeper = new WeakReference<>(keeper);
    }
  }

  /**
   * Any thread. What another thread is about to keep at this moment counts as seen by its keeper:
   * it may be the one.
   *
   * @param what an exception or a keeper
   */
  void seen(Object what) {
    if (what instanceof Throwable) {
      Throwable root = RootCause.of((Throwable) what);
      slots.removeIf(each -> each.root == root);
    } else {
      slots.removeIf(each -> each.mayBeKeptBy(what));
    }
  }

  /**
   * Takes out what is lost. The pipeline's thread.
   *
   * @param all nobody will ask any more: the JVM ends
   */
  void sweep(long nowNanos, boolean all, Consumer<Unhandled> lost) {
    slots.forEach(
        each -> {
          if ((all || each.isOver(nowNanos)) && slots.remove(each.slot, each)) {
            lost.accept(each.item);
          }
        });
    slots.tidy();
  }

  /** Failures that were not watched since the start. */
  long overflow() {
    return overflow.sum();
  }
}

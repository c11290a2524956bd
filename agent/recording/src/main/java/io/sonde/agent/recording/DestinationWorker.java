// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * A destination's bounded queue and the one thread that empties it: resolves, encodes and sends
 * there, so that a dead destination stops nobody else.
 *
 * <p>Supervised: whatever the consumer throws, an {@code Error} included, costs one item, which is
 * counted as dropped ({@code error}); the thread goes on.
 */
public final class DestinationWorker<T> {

  /** What is done with the items, on the worker's thread. May block. */
  public interface Consumer<T> {

    void accept(T item) throws Exception;

    /**
     * Called when the queue has just been emptied, and once a second at least unless it {@link
     * #rests}: the time to send.
     */
    default void idle() throws Exception {}

    /** Whether there is nothing to do before the next item comes. */
    default boolean rests() {
      return false;
    }

    /**
     * Items accepted and not yet settled, as in a batch: still queued to the ledger. Any thread.
     */
    default long held() {
      return 0;
    }
  }

  private static final long PARK_NANOS = 100_000_000;
  private static final long IDLE_PARK_NANOS = 1_000_000_000;
  private static final long IDLE_AFTER_NANOS = 2_000_000_000;

  /** Each wake-up of a cold thread is 0.1 ms of CPU. */
  private static final long REST_NANOS = 10_000_000_000L;

  private final MessagePassingQueue<T> queue;
  private final Consumer<? super T> consumer;
  private final Ledger.Account account;
  private final Thread thread;
  private long lastItemNanos = System.nanoTime();
  private volatile boolean closing;
  private volatile boolean inHand;

  /**
   * Set by the thread before it looks at the queue once more and sleeps. No wake-up is missed: the
   * queue's compare-and-set stands between an item and the look at this flag.
   */
  private volatile boolean asleep;

  /** What is in the queue was counted as dropped. */
  private volatile boolean abandoned;

  /**
   * @param name of the thread, after {@code sonde-}
   * @param capacity in items; more are dropped and counted ({@code queue full})
   * @param account counts what is taken and lost here; the consumer counts what it sent
   */
  public DestinationWorker(
      String name, int capacity, Ledger.Account account, Consumer<? super T> consumer) {
    this.queue = new MpscAtomicArrayQueue<>(capacity);
    this.account = account;
    this.consumer = consumer;
    this.thread = AgentThreads.unstarted(name, this::run);
    account.queuedBy(() -> (abandoned ? 0 : queue.size()) + (inHand ? 1 : 0) + consumer.held());
  }

  public void start() {
    thread.start();
  }

  /**
   * Adds without waiting. Any thread.
   *
   * @return false when full or closed: then it is lost, and counted
   */
  public boolean offer(T item) {
    account.taken(1);
    if (closing) {
      account.dropped("shutdown", 1);
      return false;
    }
    if (!queue.relaxedOffer(item)) {
      account.dropped("queue full", 1);
      return false;
    }
    if (asleep) {
      asleep = false;
      LockSupport.unpark(thread);
    }
    return true;
  }

  /** Share of the queue in use, 0 to 1. */
  public double fill() {
    return (double) queue.size() / queue.capacity();
  }

  /** Waits for the queue to be emptied, until the deadline; drops and counts the rest. */
  public void close(long deadlineNanos) {
    closing = true;
    LockSupport.unpark(thread);
    try {
      long millis = Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000);
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // The thread may still hang in the consumer: it takes nothing more, and nobody else may poll.
    int left = queue.size();
    abandoned = true;
    account.dropped("shutdown", left);
  }

  private void run() {
    while (true) {
      boolean last = closing;
      drain();
      idle();
      if (last || abandoned) {
        return;
      }
      if (queue.isEmpty() && !closing) {
        park();
      }
    }
  }

  /** Polls while items come: a wake-up for each would be paid by the offering thread. */
  private void park() {
    if (System.nanoTime() - lastItemNanos < IDLE_AFTER_NANOS) {
      LockSupport.parkNanos(this, PARK_NANOS);
      return;
    }
    asleep = true;
    if (queue.isEmpty() && !closing) {
      LockSupport.parkNanos(this, consumer.rests() ? REST_NANOS : IDLE_PARK_NANOS);
    }
    asleep = false;
  }

  private void drain() {
    for (T item = take(); item != null; item = take()) {
      lastItemNanos = System.nanoTime();
      try {
        consumer.accept(item);
      } catch (Throwable t) {
        account.dropped("error", 1);
        AgentLog.once(thread.getName() + t.getClass(), thread.getName() + ": " + AgentLog.brief(t));
      } finally {
        inHand = false;
      }
    }
  }

  /** The item in hand stays counted as queued, so that the ledger balances at any moment. */
  private @Nullable T take() {
    if (abandoned) {
      return null;
    }
    inHand = !queue.isEmpty();
    return queue.relaxedPoll();
  }

  private void idle() {
    try {
      consumer.idle();
    } catch (Throwable t) {
      AgentLog.once(thread.getName() + t.getClass(), thread.getName() + ": " + AgentLog.brief(t));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * What became of every item that Sonde was given: for each signal and destination
 *
 * <pre>  taken = acked + sent + queued + spooled + dropped(reason)</pre>
 *
 * where acked means that the other side said so (HTTP 2xx) and sent that the kernel took it (UDP,
 * plain TCP, a file). Any thread.
 */
public final class Ledger {

  private final List<Account> accounts = new CopyOnWriteArrayList<>();

  /**
   * Opens an account.
   *
   * @param signal {@code spans}, {@code access}, {@code logs}, {@code errors}, {@code metrics} …
   * @param destination e.g. {@code zipkin}, {@code logstash}, {@code file}, {@code statsd}
   */
  public Account account(String signal, String destination) {
    Account account = new Account(signal, destination);
    accounts.add(account);
    return account;
  }

  /** In the order they were opened. */
  public List<Account> accounts() {
    return new ArrayList<>(accounts);
  }

  /** One signal's way to one destination. */
  public static final class Account {

    private final String signal;
    private final String destination;

    /** An adder: the pipeline's account is written by every thread of the application. */
    private final LongAdder taken = new LongAdder();

    private final LongAdder sampledOut = new LongAdder();
    private final LongAdder cut = new LongAdder();
    private final AtomicLong acked = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong spooled = new AtomicLong();
    private final Map<String, AtomicLong> dropped = new ConcurrentHashMap<>();
    private volatile LongSupplier queued = () -> 0;
    private volatile String state = "up";

    Account(String signal, String destination) {
      this.signal = signal;
      this.destination = destination;
    }

    public String signal() {
      return signal;
    }

    public String destination() {
      return destination;
    }

    /** The destination has been given {@code count} items. Counted before anything else. */
    public void taken(long count) {
      taken.add(count);
    }

    /** They are left out on purpose, and so not even taken: no loss. */
    public void sampledOut(long count) {
      sampledOut.add(count);
    }

    /** Of those taken, so many tell less than they were given: no loss of the whole. */
    public void cut(long count) {
      cut.add(count);
    }

    /** The other side has confirmed them. */
    public void acked(long count) {
      acked.addAndGet(count);
    }

    /** The kernel has taken them; more is not known. */
    public void sent(long count) {
      sent.addAndGet(count);
    }

    /** They were written to the spool, less those read back. */
    public void spooled(long change) {
      spooled.addAndGet(change);
    }

    /**
     * They are lost.
     *
     * @param reason short and constant: {@code queue full}, {@code refused}, {@code timeout},
     *     {@code shed}, {@code shutdown}, {@code error}, {@code too large} …
     */
    public void dropped(String reason, long count) {
      dropped.computeIfAbsent(reason, r -> new AtomicLong()).addAndGet(count);
    }

    /** How the number of waiting items is read. */
    public void queuedBy(LongSupplier supplier) {
      queued = supplier;
    }

    /** What a reader sees of the destination: {@code up}, or {@code down: connection refused}. */
    public void state(String newState) {
      state = newState;
    }

    public String state() {
      return state;
    }

    public long taken() {
      return taken.sum();
    }

    public long sampledOut() {
      return sampledOut.sum();
    }

    public long cut() {
      return cut.sum();
    }

    public long acked() {
      return acked.get();
    }

    public long sent() {
      return sent.get();
    }

    public long spooled() {
      return spooled.get();
    }

    public long queued() {
      return queued.getAsLong();
    }

    public long dropped() {
      long sum = 0;
      for (AtomicLong count : dropped.values()) {
        sum += count.get();
      }
      return sum;
    }

    /** By reason, sorted. */
    public Map<String, Long> droppedByReason() {
      Map<String, Long> copy = new TreeMap<>();
      dropped.forEach((reason, count) -> copy.put(reason, count.get()));
      return copy;
    }
  }
}

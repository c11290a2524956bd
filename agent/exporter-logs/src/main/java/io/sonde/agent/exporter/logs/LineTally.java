// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.recording.Ledger;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ledger's accounts of one destination, one per signal. A line waits from the moment it is
 * taken until it is sent or dropped, wherever it is in between: in the queue, in a batch, or back
 * from a connection that broke.
 *
 * <p>After {@link #settle} a thread that is late changes nothing any more.
 */
final class LineTally {

  private final Map<Signal, Ledger.Account> accounts = new EnumMap<>(Signal.class);
  private final Map<Signal, AtomicLong> waiting = new EnumMap<>(Signal.class);
  private boolean settled;

  LineTally(Ledger ledger, String destination) {
    for (Signal signal : Signal.values()) {
      Ledger.Account account = ledger.account(signal.label(), destination);
      AtomicLong count = new AtomicLong();
      account.queuedBy(count::get);
      accounts.put(signal, account);
      waiting.put(signal, count);
    }
  }

  synchronized void taken(Signal signal) {
    accounts.get(signal).taken(1);
    if (settled) {
      accounts.get(signal).dropped("shutdown", 1);
    } else {
      waiting.get(signal).incrementAndGet();
    }
  }

  /** One that is not even taken. */
  void sampledOut(Signal signal) {
    accounts.get(signal).sampledOut(1);
  }

  /** One of those taken tells less than it was given. */
  void cut(Signal signal) {
    accounts.get(signal).cut(1);
  }

  synchronized void sent(Signal signal, long count) {
    if (!settled && count != 0) {
      waiting.get(signal).addAndGet(-count);
      accounts.get(signal).sent(count);
    }
  }

  synchronized void acked(Signal signal, long count) {
    if (!settled && count != 0) {
      waiting.get(signal).addAndGet(-count);
      accounts.get(signal).acked(count);
    }
  }

  /** They were thought to be sent, but the connection broke: they wait again. */
  void recalled(Signal signal, long count) {
    sent(signal, -count);
  }

  /** They wait on disk and no longer in memory; less than 0: the other way round. */
  synchronized void spooled(Signal signal, long change) {
    if (!settled) {
      waiting.get(signal).addAndGet(-change);
      accounts.get(signal).spooled(change);
    }
  }

  /** One more of an earlier process waits on disk. */
  synchronized void inherited(Signal signal) {
    accounts.get(signal).taken(1);
    accounts.get(signal).spooled(1);
  }

  /** Whatever was thought to wait on disk is not there. */
  synchronized void noneSpooled() {
    for (Ledger.Account account : accounts.values()) {
      long missing = account.spooled();
      if (missing != 0) {
        account.spooled(-missing);
        account.dropped("spool damaged", missing);
      }
    }
  }

  synchronized void dropped(Signal signal, String reason, long count) {
    if (!settled && count != 0) {
      waiting.get(signal).addAndGet(-count);
      accounts.get(signal).dropped(reason, count);
    }
  }

  /** What still waits is lost. */
  synchronized void settle() {
    settled = true;
    for (Signal signal : Signal.values()) {
      long left = waiting.get(signal).getAndSet(0);
      if (left != 0) {
        accounts.get(signal).dropped("shutdown", left);
      }
    }
  }

  /** As {@link Ledger.Account#state(String)}, of all signals. */
  void state(String state) {
    for (Ledger.Account account : accounts.values()) {
      account.state(state);
    }
  }
}

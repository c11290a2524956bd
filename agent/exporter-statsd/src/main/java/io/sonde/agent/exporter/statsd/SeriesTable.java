// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import io.sonde.agent.exporter.statsd.Series.Kind;
import io.sonde.agent.recording.Exchange;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds the series of a record: open addressing over the record's own strings, so that a series
 * that exists is found without making an object. Pipeline's thread only.
 *
 * <p>Bounded per kind, so that a flood of one kind does not take the others' room. Beyond the bound
 * a record is counted under {@code other}; those have at most methods × classes series a kind.
 */
final class SeriesTable {

  private final boolean tagged;
  private final int maxSeries;
  private final int[] sizes = new int[Kind.values().length];
  private Series[] slots = new Series[256];
  private int size;
  private final AtomicLong folded = new AtomicLong();

  /**
   * @param tagged false: a status is as good as its class, and the exception has no place
   */
  SeriesTable(boolean tagged, int maxSeries) {
    this.tagged = tagged;
    this.maxSeries = maxSeries;
  }

  Series server(Exchange exchange) {
    String route = exchange.route();
    String what = exchange.probe() ? Segment.PROBE : route == null ? Segment.OTHER : route;
    return http(Kind.SERVER, what, exchange, 0);
  }

  Series client(Exchange exchange) {
    String host = exchange.peerHost();
    int port = Math.max(0, exchange.peerPort()) & 0xffff;
    return http(Kind.CLIENT, host == null ? Segment.OTHER : host, exchange, port);
  }

  Series find(Kind kind, String what, String how) {
    return find(kind, what, how, "", 0);
  }

  /** How many records were counted under {@code other}. Any thread. */
  long folded() {
    return folded.get();
  }

  int size() {
    return size;
  }

  private Series http(Kind kind, String what, Exchange exchange, int port) {
    int status = status(exchange.status());
    Throwable thrown = exchange.thrown();
    // The class' name, not the class: a table must not hold an application's loader.
    String name = thrown == null || !tagged ? "" : thrown.getClass().getName();
    return find(kind, what, Segment.method(exchange.method()), name, port << 16 | status);
  }

  private int status(int status) {
    if (status < 100 || status > 599) {
      return 0;
    }
    return tagged ? status : status / 100 * 100;
  }

  private Series find(Kind kind, String what, String how, String thrown, int number) {
    int hash = hash(kind, what, how, thrown, number);
    int mask = slots.length - 1;
    for (int i = hash & mask; ; i = i + 1 & mask) {
      Series found = slots[i];
      if (found == null) {
        return add(kind, what, how, thrown, number, hash);
      }
      if (found.hash == hash
          && found.kind == kind
          && found.number == number
          && found.what.equals(what)
          && found.how.equals(how)
          && found.thrown.equals(thrown)) {
        return found;
      }
    }
  }

  private Series add(Kind kind, String what, String how, String thrown, int number, int hash) {
    if (sizes[kind.ordinal()] >= Math.max(8, maxSeries / 100 * kind.percent)
        && !isFolded(what, thrown, number)) {
      folded.incrementAndGet();
      boolean http = kind == Kind.SERVER || kind == Kind.CLIENT;
      int status = (number & 0xffff) / 100 * 100;
      return find(kind, Segment.OTHER, http ? how : Segment.OTHER, "", status);
    }
    if (size * 2 >= slots.length) {
      grow();
    }
    Series series = new Series(kind, what, how, thrown, number, hash);
    place(series);
    sizes[kind.ordinal()]++;
    size++;
    return series;
  }

  /** Of these there are few, whatever comes: known methods and status classes only. */
  private static boolean isFolded(String what, String thrown, int number) {
    return what.equals(Segment.OTHER) && thrown.isEmpty() && number % 100 == 0 && number < 600;
  }

  private void grow() {
    Series[] old = slots;
    slots = new Series[old.length * 2];
    for (Series series : old) {
      if (series != null) {
        place(series);
      }
    }
  }

  private void place(Series series) {
    int mask = slots.length - 1;
    int i = series.hash & mask;
    while (slots[i] != null) {
      i = i + 1 & mask;
    }
    slots[i] = series;
  }

  private static int hash(Kind kind, String what, String how, String thrown, int number) {
    int hash = what.hashCode() * 31 + how.hashCode();
    hash = hash * 31 + thrown.hashCode();
    hash = (hash * 31 + number) * 31 + kind.ordinal();
    hash *= 0x9E3779B9;
    return hash ^ hash >>> 16;
  }
}

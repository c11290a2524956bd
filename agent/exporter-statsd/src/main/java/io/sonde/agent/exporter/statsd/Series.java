// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is counted, and perhaps timed. Made on the pipeline's thread; its names are
 * rendered on the sender's, when it is first sent.
 */
final class Series {

  /** What a series is about, and what share of all series such may be. */
  enum Kind {
    SERVER(MetricNames.SERVER_COUNT, MetricNames.SERVER_TIME, 60),
    CLIENT(MetricNames.CLIENT_COUNT, MetricNames.CLIENT_TIME, 25),
    ERROR(MetricNames.EXCEPTIONS, null, 11),
    HEALTH(MetricNames.HEALTH_CHANGES, null, 1),
    STARTED(MetricNames.STARTED, null, 0),
    LOG(MetricNames.LOGS, null, 1),
    POOL_GIVEN(MetricNames.POOL_ACQUIRED, MetricNames.POOL_ACQUIRE, 1),
    POOL_TIMEOUT(MetricNames.POOL_TIMEOUTS, MetricNames.POOL_ACQUIRE, 1);

    final MetricNames counter;
    final @Nullable MetricNames timer;
    final int percent;

    Kind(MetricNames counter, @Nullable MetricNames timer, int percent) {
      this.counter = counter;
      this.timer = timer;
      this.percent = percent;
    }
  }

  final Kind kind;
  final String what;
  final String how;
  final String thrown;
  final int number;
  final int hash;
  private final Cell[] cells = {new Cell(this), new Cell(this)};

  /** Records counted and not yet sent. Sender's thread only. */
  long pending;

  /** True while it is in the sender's list. Sender's thread only. */
  boolean listed;

  private @Nullable LineName counter;
  private @Nullable LineName timer;

  /**
   * @param what route, peer's host, class of the exception, level, check, version or pool
   * @param how method, fingerprint, or {@code from-to}
   * @param thrown class name, or empty
   * @param number status, with a peer's port in the upper half
   */
  Series(Kind kind, String what, String how, String thrown, int number, int hash) {
    this.kind = kind;
    this.what = what;
    this.how = how;
    this.thrown = thrown;
    this.number = number;
    this.hash = hash;
  }

  /** Of the interval with that parity: one fills while the other is sent. */
  Cell cell(int parity) {
    return cells[parity];
  }

  LineName counter(Naming naming) {
    if (counter == null) {
      counter = naming.name(kind.counter, values());
    }
    return counter;
  }

  LineName timer(Naming naming) {
    if (timer == null) {
      MetricNames metric = kind.timer;
      timer = naming.name(metric == null ? kind.counter : metric, values());
    }
    return timer;
  }

  private Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    switch (kind) {
      case SERVER:
        values.put("route", what);
        http(values);
        break;
      case CLIENT:
        int port = number >>> 16;
        values.put("peer", port == 0 ? what : what + ':' + port);
        http(values);
        break;
      case ERROR:
        values.put("type", what);
        values.put("fingerprint", how);
        break;
      case LOG:
        values.put("level", what);
        break;
      case STARTED:
        values.put("version", what);
        break;
      case HEALTH:
        int dash = how.indexOf('-');
        values.put("check", what);
        values.put("from", dash < 0 ? how : how.substring(0, dash));
        values.put("to", how.substring(dash + 1));
        break;
      default:
        values.put("pool", what);
    }
    return values;
  }

  private void http(Map<String, String> values) {
    int status = number & 0xffff;
    values.put("method", how);
    values.put("class", Naming.statusClass(status));
    values.put("status", status == 0 ? "err" : String.valueOf(status));
    values.put("outcome", Naming.outcome(status));
    values.put("exception", thrown.isEmpty() ? "none" : Naming.simpleName(thrown));
  }
}

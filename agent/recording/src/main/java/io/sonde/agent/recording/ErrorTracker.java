// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes one {@link ErrorRecord} per throwable, however often it is seen, and keeps storms small: of
 * each kind the first ten a minute are recorded, the others are counted and reported with the next
 * record. The pipeline's thread only, but for {@link #counts}.
 *
 * <p>A record waits a moment for the other places that see its throwable: one that is logged,
 * wrapped and thrown on by a handler is one record of both. Throwables are told apart by their root
 * cause, and by the request that they end: one that the application keeps, and throws again, is
 * another one in each.
 */
final class ErrorTracker {

  private static final long NO_REQUEST = 0;
  private static final int REMEMBERED = 256;
  private static final int MAX_KINDS = 500;
  private static final String OTHER = "other";
  private static final int RECORDS_PER_WINDOW = 10;
  private static final long WINDOW_NANOS = 60_000_000_000L;

  /** For the request to end, whose status is worth knowing. */
  private static final long LONGEST_GATHER_NANOS = 5_000_000_000L;

  private static final int MAX_GATHERING = 128;

  /** How often one kind was seen in the current window. */
  private static final class Kind {
    long windowStart;
    int recorded;
    long suppressed;
    @Nullable ErrorRecord last;
  }

  /** A root cause, by identity, and the request in which it was seen. */
  private static final class Seen extends WeakReference<Throwable> {
    final long spanId;

    Seen(Throwable root, long spanId) {
      super(root);
      this.spanId = spanId;
    }

    boolean is(Throwable root, long itsSpanId) {
      return get() == root
          && (spanId == itsSpanId || spanId == NO_REQUEST || itsSpanId == NO_REQUEST);
    }
  }

  /** A ring. */
  private final List<Seen> seen = new ArrayList<>(REMEMBERED);

  private final Map<String, Kind> kinds = new HashMap<>();
  private final ErrorCounts counts = new ErrorCounts();
  private final Fingerprints fingerprints = new Fingerprints(RECORDS_PER_WINDOW, WINDOW_NANOS);
  private final Deque<ErrorSightings> gathering = new ArrayDeque<>();
  private final long gatherNanos;
  private int nextSeen;

  /**
   * @param gatherNanos how long a record waits for other places that see its throwable; 0: nor does
   *     it wait for its request
   */
  ErrorTracker(long gatherNanos) {
    this.gatherNanos = gatherNanos;
  }

  /** What comes of it is among those {@link #due} in a moment. */
  void track(
      Throwable thrown,
      String seenAt,
      long epochMillis,
      String threadName,
      @Nullable Exchange exchange,
      long nowNanos) {
    Throwable root = RootCause.of(thrown);
    ErrorSightings known = gathering(root, exchange);
    if (known != null) {
      known.add(thrown, seenAt, exchange);
      return;
    }
    if (wasSeen(root, exchange == null ? NO_REQUEST : exchange.spanId)) {
      return;
    }
    String fingerprint = fingerprints.of(root, exchange, nowNanos);
    Kind kind = kinds.get(fingerprint);
    if (kind == null) {
      if (kinds.size() >= MAX_KINDS) {
        fingerprint = OTHER;
      }
      kind = kinds.computeIfAbsent(fingerprint, key -> new Kind());
      kind.windowStart = nowNanos;
    }
    if (nowNanos - kind.windowStart > WINDOW_NANOS) {
      kind.windowStart = nowNanos;
      kind.recorded = 0;
    }
    String type = fingerprint.equals(OTHER) ? OTHER : root.getClass().getName();
    counts.add(fingerprint, type, WallClock.millis(nowNanos));
    boolean recorded = kind.recorded < RECORDS_PER_WINDOW;
    ErrorRecord record =
        new ErrorRecord(
            thrown,
            fingerprint,
            seenAt,
            recorded ? kind.suppressed : 0,
            epochMillis,
            threadName,
            exchange);
    kind.last = record;
    if (recorded) {
      kind.recorded++;
      kind.suppressed = 0;
      gathering.add(new ErrorSightings(record, root, nowNanos));
    } else {
      kind.suppressed++;
    }
  }

  /** False: what was tracked is due at once. */
  boolean gathers() {
    return gatherNanos > 0;
  }

  /** Of the last hour. Any thread. */
  ErrorCounts counts() {
    return counts;
  }

  /** Nothing can be due before the next {@link #track} or the next second. */
  boolean isGathering() {
    return !gathering.isEmpty();
  }

  /**
   * The records that have waited for long enough, and summaries of storms whose window is over: the
   * last of each kind, with how many before it were counted only.
   */
  List<ErrorRecord> due(long nowNanos, boolean all) {
    List<ErrorRecord> due = gathered(nowNanos, all);
    for (Kind kind : kinds.values()) {
      boolean over = all || nowNanos - kind.windowStart > WINDOW_NANOS;
      if (over && kind.last != null) {
        if (kind.suppressed > 0) {
          due.add(kind.last.repeated(kind.suppressed - 1));
        }
        kind.suppressed = 0;
        kind.recorded = 0;
        kind.windowStart = nowNanos;
        // Exceptions hold their classes: not kept beyond the window.
        kind.last = null;
      }
    }
    return due;
  }

  /** In the order they were first seen, but for those whose request is still in flight. */
  private List<ErrorRecord> gathered(long nowNanos, boolean all) {
    List<ErrorRecord> ready = new ArrayList<>();
    int surplus = gathering.size() - MAX_GATHERING;
    for (Iterator<ErrorSightings> each = gathering.iterator(); each.hasNext(); surplus--) {
      ErrorSightings next = each.next();
      long waited = nowNanos - next.sinceNanos();
      boolean waitsForRequest = gatherNanos > 0 && next.isInFlight();
      boolean over = waited >= (waitsForRequest ? LONGEST_GATHER_NANOS : gatherNanos);
      if (all || over || surplus > 0) {
        ready.add(next.record());
        each.remove();
      }
    }
    return ready;
  }

  private @Nullable ErrorSightings gathering(Throwable root, @Nullable Exchange exchange) {
    for (ErrorSightings each : gathering) {
      if (each.isOf(root, exchange)) {
        return each;
      }
    }
    return null;
  }

  private boolean wasSeen(Throwable root, long spanId) {
    for (Seen each : seen) {
      if (each.is(root, spanId)) {
        return true;
      }
    }
    if (seen.size() < REMEMBERED) {
      seen.add(new Seen(root, spanId));
    } else {
      seen.set(nextSeen, new Seen(root, spanId));
      nextSeen = (nextSeen + 1) % REMEMBERED;
    }
    return false;
  }
}

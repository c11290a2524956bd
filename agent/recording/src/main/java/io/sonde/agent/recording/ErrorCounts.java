// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How often each kind of exception was seen in the last hour, to five minutes. Written by the
 * pipeline's thread, read by any: one that is being counted may be missing, or be of the hour
 * before.
 */
final class ErrorCounts {

  static final int MAX_SHOWN = 20;

  private static final int SLOTS = 12;
  private static final long SLOT_MILLIS = TimeUnit.MINUTES.toMillis(5);

  /** A ring of {@link #SLOTS}, by the number of the slot since 1970. */
  private static final class Kind {
    final String type;
    final AtomicIntegerArray counts = new AtomicIntegerArray(SLOTS);
    volatile long lastMillis;

    Kind(String type, long nowMillis) {
      this.type = type;
      this.lastMillis = nowMillis;
    }

    void add(long nowMillis) {
      long slot = nowMillis / SLOT_MILLIS;
      long last = lastMillis / SLOT_MILLIS;
      for (long passed = Math.max(last + 1, slot - SLOTS + 1); passed <= slot; passed++) {
        counts.set((int) (passed % SLOTS), 0);
      }
      counts.incrementAndGet((int) (slot % SLOTS));
      lastMillis = nowMillis;
    }

    long sum(long nowMillis) {
      long last = lastMillis / SLOT_MILLIS;
      long sum = 0;
      for (long slot = Math.max(0, nowMillis / SLOT_MILLIS - SLOTS + 1); slot <= last; slot++) {
        sum += counts.get((int) (slot % SLOTS));
      }
      return sum;
    }
  }

  /** As many as {@link ErrorTracker} tells apart. */
  private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

  void add(String fingerprint, String type, long nowMillis) {
    kinds.computeIfAbsent(fingerprint, key -> new Kind(type, nowMillis)).add(nowMillis);
  }

  /** The most frequent ones first. */
  List<ErrorCount> frequent(long nowMillis) {
    List<ErrorCount> found = new ArrayList<>();
    kinds.forEach(
        (fingerprint, kind) -> {
          long count = kind.sum(nowMillis);
          if (count > 0) {
            found.add(new ErrorCount(kind.type, fingerprint, count, kind.lastMillis));
          }
        });
    found.sort(Comparator.comparingLong(ErrorCount::count).reversed());
    return found.size() <= MAX_SHOWN ? found : new ArrayList<>(found.subList(0, MAX_SHOWN));
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import java.util.Arrays;

/**
 * Four buckets for each power of two, so that a percentile is within an eighth of the truth: 416
 * bytes, of which a service with 200 routes can have thousands.
 *
 * <pre>
 *  micros   1  2  3  4 5 6 7  8 10 12 14  16 20 24 28  32 …     the lower ends of the buckets
 * </pre>
 */
final class CoarseDurations extends Durations {

  /** Up to 2^26 µs, which is 67 s. */
  private static final int BUCKETS = 26 * 4;

  private final int[] counts = new int[BUCKETS];

  @Override
  void record(long micros) {
    counts[bucket(micros)]++;
  }

  @Override
  Durations empty() {
    return new CoarseDurations();
  }

  @Override
  void add(Durations other) {
    int[] more = ((CoarseDurations) other).counts;
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] += more[i];
    }
  }

  @Override
  long count() {
    long count = 0;
    for (int inBucket : counts) {
      count += inBucket;
    }
    return count;
  }

  @Override
  long percentile(double percent) {
    long rank = Math.max(1, (long) Math.ceil(count() * percent / 100));
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return (lowest(i) + lowest(i + 1)) / 2;
      }
    }
    return 0;
  }

  @Override
  void clear() {
    Arrays.fill(counts, 0);
  }

  /** Its power of two, and the two bits below the highest one. */
  static int bucket(long micros) {
    int power = 63 - Long.numberOfLeadingZeros(micros);
    int quarter = (int) (power >= 2 ? micros >>> power - 2 : micros << 2 - power) & 3;
    return Math.min(BUCKETS - 1, power * 4 + quarter);
  }

  /** The smallest value of a bucket. */
  static long lowest(int bucket) {
    int power = bucket >>> 2;
    long value = 4 | bucket & 3;
    return power >= 2 ? value << power - 2 : value >>> 2 - power;
  }
}

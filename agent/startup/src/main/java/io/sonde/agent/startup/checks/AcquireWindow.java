// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import io.sonde.agent.recording.AcquireTimes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The last one to two minutes of {@link AcquireTimes}. On the health thread. */
final class AcquireWindow {

  private static final long HALF_NANOS = TimeUnit.MINUTES.toNanos(1);

  private long @Nullable [] older;
  private long @Nullable [] newer;
  private long sinceNanos;

  /** What was counted within the window. */
  long[] counts(AcquireTimes times, long nowNanos) {
    long[] now = times.counts();
    if (newer == null || nowNanos - sinceNanos > HALF_NANOS) {
      older = newer;
      newer = now.clone();
      sinceNanos = nowNanos;
    }
    if (older != null) {
      for (int i = 0; i < now.length; i++) {
        now[i] -= older[i];
      }
    }
    return now;
  }
}

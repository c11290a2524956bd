// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places that have seen one throwable, while more may. */
final class ErrorSightings {

  private final ErrorRecord first;
  private final Throwable root;
  private final long sinceNanos;
  private final List<String> places = new ArrayList<>(2);

  /** The outermost that was seen: it says the most. */
  private Throwable thrown;

  private @Nullable Exchange exchange;

  ErrorSightings(ErrorRecord first, Throwable root, long sinceNanos) {
    this.first = first;
    this.root = root;
    this.sinceNanos = sinceNanos;
    this.thrown = first.thrown();
    this.exchange = first.exchange();
    places.add(first.seenAt());
  }

  boolean isOf(Throwable itsRoot, @Nullable Exchange its) {
    return root == itsRoot && (exchange == its || exchange == null || its == null);
  }

  long sinceNanos() {
    return sinceNanos;
  }

  /** It is not known yet how the request ends. */
  boolean isInFlight() {
    return exchange != null && !exchange.isFinished();
  }

  void add(Throwable again, String place, @Nullable Exchange its) {
    if (!places.contains(place)) {
      places.add(place);
    }
    if (again != thrown && leadsTo(again, thrown)) {
      thrown = again;
    }
    if (exchange == null) {
      exchange = its;
    }
  }

  ErrorRecord record() {
    return first.seen(thrown, String.join(",", places), exchange);
  }

  private static boolean leadsTo(Throwable from, Throwable cause) {
    Throwable each = from;
    for (int depth = 0; each != null && depth < RootCause.MAX_DEPTH; depth++) {
      if (each == cause) {
        return true;
      }
      each = RootCause.causeOf(each);
    }
    return false;
  }
}

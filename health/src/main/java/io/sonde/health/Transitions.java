// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Finds what has changed from tick to tick. A result is the same as before when check, key and
 * component are; of several such the worst counts. Only what does not pass is remembered. One
 * thread at a time.
 */
final class Transitions {

  private Map<List<Object>, CheckResult> notPassing = new HashMap<>();
  private final Map<List<Object>, CheckResult> now = new LinkedHashMap<>();

  void add(String check, CheckResult result) {
    if (result.status() == Status.PASS && notPassing.isEmpty()) {
      return; // nothing can have changed, which is so at nearly every tick
    }
    now.merge(
        Arrays.asList(check, result.key(), Objects.toString(result.componentId(), "")),
        result,
        (a, b) -> b.status().worseThan(a.status()) ? b : a);
  }

  /** Ends the tick. */
  void tell(StatusListener listener) {
    Map<List<Object>, CheckResult> before = notPassing;
    notPassing = new HashMap<>();
    List<Runnable> changes = new ArrayList<>();
    now.forEach(
        (identity, result) -> {
          CheckResult last = before.remove(identity);
          Status was = last == null ? Status.PASS : last.status();
          if (result.status() != was) {
            changes.add(() -> listener.changed(result, was));
          }
          if (result.status() != Status.PASS) {
            notPassing.put(identity, result);
          }
        });
    now.clear();
    // Whoever was told that a pool warns must hear of its end, be it that it was closed.
    before.forEach(
        (identity, last) -> changes.add(() -> listener.changed(gone(last), last.status())));
    changes.forEach(Transitions::run);
  }

  private static CheckResult gone(CheckResult last) {
    return CheckResult.of(last.key()).output("no longer there").build();
  }

  /** A listener's trouble must not stop the health thread, nor hide the next change. */
  private static void run(Runnable change) {
    try {
      change.run();
    } catch (Throwable t) {
      // The listener's affair.
    }
  }
}

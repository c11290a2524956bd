// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A check with its last answers. Asked by the health thread, read by any. As a supplier, what an
 * agent asks that has a copy of this library of its own: see {@link #get}.
 */
final class RegisteredCheck implements Supplier<List<Map<String, Object>>> {

  private static final int MAX_RESULTS = 256;

  private final String name;
  private final HealthCheck check;
  private volatile List<CheckResult> answers = Collections.emptyList();
  private volatile boolean asked;
  private volatile boolean hanging;

  RegisteredCheck(String name, HealthCheck check) {
    this.name = name;
    this.check = check;
  }

  String name() {
    return name;
  }

  HealthCheck check() {
    return check;
  }

  /** See {@link HealthCheck#settled}; one that cannot say is not. */
  boolean settled() {
    try {
      return !hanging && check.settled();
    } catch (Throwable t) {
      return false;
    }
  }

  boolean liveness() {
    try {
      return check.liveness();
    } catch (Throwable t) {
      return false;
    }
  }

  /** True when it has answered, or failed to, at least once. */
  boolean asked() {
    return asked;
  }

  /** True while a thread that was given up is still in the check. */
  boolean hanging() {
    return hanging;
  }

  /** On the health thread; may take as long as the check likes. Never throws. */
  List<CheckResult> ask() {
    try {
      List<CheckResult> results = check.results();
      if (results.size() > MAX_RESULTS) {
        results = results.subList(0, MAX_RESULTS);
      }
      List<CheckResult> copy = new ArrayList<>(results);
      return copy.contains(null) ? warning("answered null") : copy;
    } catch (Throwable t) {
      // The class only: messages carry host names, statements and worse.
      return warning(t.getClass().getName());
    }
  }

  /**
   * The answers in JDK types, one map for each: {@code key}, {@code liveness}, and {@code result}
   * as it is in the document. Asks the check, unless a health thread of this library does: a check
   * is not asked by two at once. Never throws.
   */
  @Override
  public List<Map<String, Object>> get() {
    List<Map<String, Object>> maps = new ArrayList<>();
    for (CheckResult result : asked ? answers : ask()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("key", result.key());
      map.put("liveness", liveness());
      map.put("result", result.toMap());
      maps.add(map);
    }
    return maps;
  }

  void answered(List<CheckResult> results) {
    answers = results;
    asked = true;
  }

  void hangs(long forNanos) {
    hanging = true;
    answered(warning("has not answered for " + Health.span(forNanos)));
  }

  void hangsNoMore() {
    hanging = false;
  }

  List<CheckResult> lastAnswers() {
    return answers;
  }

  /** The last answers, their numbers as of now. Any thread. */
  List<CheckResult> answers() {
    List<CheckResult> last = answers;
    if (hanging || last.isEmpty()) {
      return last;
    }
    try {
      List<CheckResult> fresh = check.refresh(last);
      return fresh == null || fresh.contains(null) ? last : fresh;
    } catch (Throwable t) {
      return last;
    }
  }

  private List<CheckResult> warning(String output) {
    return Collections.singletonList(
        CheckResult.of(name).status(Status.WARN).output(output).build());
  }
}

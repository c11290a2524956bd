// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the checks said, at one moment. Immutable; rendered when asked. */
public final class HealthReport {

  /** One result and where it came from. */
  static final class Answer {

    final String check;
    final CheckResult result;
    final int indexInCheck;
    final boolean liveness;

    Answer(String check, CheckResult result, int indexInCheck, boolean liveness) {
      this.check = check;
      this.result = result;
      this.indexInCheck = indexInCheck;
      this.liveness = liveness;
    }
  }

  private final Service service;
  private final List<Answer> answers;
  private final List<String> notes;
  private final @Nullable String failure;

  /** True when one check alone was asked for. */
  private final boolean detailed;

  /**
   * @param failure why it fails whatever the checks say, or null
   */
  HealthReport(
      Service service, List<Answer> answers, List<String> notes, @Nullable String failure) {
    this(service, answers, notes, failure, false);
  }

  private HealthReport(
      Service service,
      List<Answer> answers,
      List<String> notes,
      @Nullable String failure,
      boolean detailed) {
    this.detailed = detailed;
    this.service = service;
    this.answers = answers;
    this.notes = notes;
    this.failure = failure;
  }

  static HealthReport fact(Service service, @Nullable String failure) {
    return new HealthReport(service, Collections.emptyList(), service.notes(), failure);
  }

  /** The worst of all. */
  public Status status() {
    Status worst = failure == null ? Status.PASS : Status.FAIL;
    for (Answer answer : answers) {
      worst = Status.worst(worst, answer.result.status());
    }
    return worst;
  }

  /** {@code application/health+json}, worst first, at most 4,000 bytes in UTF-8. */
  public String json() {
    return HealthDocument.full(this);
  }

  /**
   * At most 512 bytes, for those who store what they read (Consul). Stable: the same text while no
   * status changes, but for the values of what does not pass, which are rounded to 1, 2 or 5.
   */
  public String brief() {
    return HealthDocument.brief(this);
  }

  /** Only the results with this key, or of the check of this name; null when there is none. */
  public @Nullable HealthReport check(String name) {
    HealthReport byKey = only(answer -> answer.result.key().equals(name));
    return byKey != null ? byKey : only(answer -> answer.check.equals(name));
  }

  /** Only the pool of this name; null when there is none. */
  public @Nullable HealthReport pool(String name) {
    return only(answer -> answer.result.isPool(name));
  }

  HealthReport liveness() {
    HealthReport live = only(answer -> answer.liveness);
    return live == null ? fact(service, null) : live;
  }

  private @Nullable HealthReport only(Predicate<Answer> wanted) {
    List<Answer> some = new ArrayList<>();
    for (Answer answer : answers) {
      if (wanted.test(answer)) {
        some.add(answer);
      }
    }
    return some.isEmpty() ? null : new HealthReport(service, some, notes, failure, true);
  }

  Service service() {
    return service;
  }

  List<Answer> answers() {
    return answers;
  }

  List<String> notes() {
    return notes;
  }

  boolean detailed() {
    return detailed;
  }

  @Nullable String failure() {
    return failure;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ErrorTrackerTest {

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final ErrorTracker tracker = new ErrorTracker();

  @Test
  void aThrowableIsRecordedOnceHoweverOftenItIsSeen() {
    Throwable thrown = new IllegalStateException();

    assertThat(track(thrown, 0)).isNotNull();
    assertThat(track(thrown, 0)).isNull();
    assertThat(tracker.due(2 * MINUTE, false)).isEmpty();
  }

  @Test
  void theRootCauseGivesTypeAndFingerprint() {
    ErrorRecord one = track(new IllegalStateException("a", io("first")), 0);
    ErrorRecord two = track(new RuntimeException(io("second")), 0);

    assertThat(one.type()).isEqualTo("java.io.IOException");
    assertThat(one.fingerprint()).matches("[0-9a-f]{8}").isEqualTo(two.fingerprint());
    assertThat(track(new IllegalStateException(), 0).fingerprint()).isNotEqualTo(one.fingerprint());
  }

  @Test
  void aStormIsTenRecordsAndOneSummaryAMinute() {
    List<ErrorRecord> records = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      records.add(track(io("storm"), i));
    }

    assertThat(records.stream().filter(Objects::nonNull)).hasSize(10);
    assertThat(tracker.due(MINUTE / 2, false)).isEmpty();
    List<ErrorRecord> due = tracker.due(MINUTE + 2_000, false);
    assertThat(due).hasSize(1);
    // Itself is one of the 990 that were not recorded.
    assertThat(due.get(0).repeatCount()).isEqualTo(989);
    assertThat(tracker.due(3 * MINUTE, false)).isEmpty();
  }

  @Test
  void whatWasCountedIsReportedAtTheEnd() {
    for (int i = 0; i < 12; i++) {
      track(io("storm"), i);
    }

    assertThat(tracker.due(20, true))
        .singleElement()
        .satisfies(record -> assertThat(record.repeatCount()).isEqualTo(1));
  }

  @Test
  void everyOccurrenceIsCountedExactly() {
    long counted = 0;
    long thrown = 0;
    for (int minute = 0; minute < 5; minute++) {
      for (int i = 0; i < 25; i++) {
        thrown++;
        ErrorRecord record = track(io("storm"), minute * 2 * MINUTE + i);
        counted += record == null ? 0 : 1 + record.repeatCount();
      }
      for (ErrorRecord summary : tracker.due(minute * 2 * MINUTE + 2 * MINUTE - 1, false)) {
        counted += 1 + summary.repeatCount();
      }
    }

    assertThat(counted).isEqualTo(thrown);
  }

  @Test
  void aCauseThatLeadsBackToItselfEnds() {
    RuntimeException one = new RuntimeException("one");
    RuntimeException two = new RuntimeException("two", one);
    one.initCause(two);

    assertThat(track(one, 0)).isNotNull();
  }

  @Test
  void kindStaysTheSameWhenReflectionGeneratesItsCaller() {
    String first = fingerprint("jdk.internal.reflect.NativeMethodAccessorImpl");
    String later = fingerprint("jdk.internal.reflect.GeneratedMethodAccessor16");
    String onJava8 = fingerprint("sun.reflect.GeneratedMethodAccessor7");

    assertThat(later).isEqualTo(first);
    assertThat(onJava8).isEqualTo(first);
  }

  @Test
  void kindsDifferByTheirFrames() {
    assertThat(fingerprint("shop.Cart")).isNotEqualTo(fingerprint("shop.Card"));
  }

  private ErrorRecord track(Throwable thrown, long nowNanos) {
    return tracker.track(thrown, "handler", 0, "thread", null, nowNanos);
  }

  /** All with the same frames. */
  private static IOException io(String message) {
    IOException thrown = new IOException(message);
    thrown.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("com.acme.Disk", "read", "Disk.java", 7)});
    return thrown;
  }

  private String fingerprint(String caller) {
    Exception thrown = new IllegalStateException("card declined");
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("shop.Orders", "bang", "Orders.java", 7),
          new StackTraceElement(caller, "invoke", null, -1),
          new StackTraceElement("java.lang.reflect.Method", "invoke", "Method.java", 569)
        });
    return tracker.track(thrown, "handler", 0, "main", null, 0).fingerprint();
  }
}

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

  private final ErrorTracker tracker = new ErrorTracker(0);

  @Test
  void aThrowableIsRecordedOnceHoweverOftenItIsSeen() {
    Throwable thrown = new IllegalStateException();

    assertThat(track(thrown, 0)).isNotNull();
    assertThat(track(thrown, 0)).isNull();
    assertThat(tracker.due(2 * MINUTE, false)).isEmpty();
  }

  @Test
  void anExceptionThatIsKeptAndThrownAgainCountsInEachRequest() {
    ErrorTracker patient = new ErrorTracker(100);
    Throwable kept = new IllegalStateException("the same object each time");

    for (int i = 1; i <= 3; i++) {
      Exchange request = new Exchange(Exchange.Kind.SERVER, "test", 0);
      request.spanId = i;
      request.end(1);
      patient.track(kept, "log", 0, "thread", request, 0);
      patient.track(kept, "handler", 0, "thread", request, 0);
      patient.track(kept, "uncaught", 0, "thread", null, 0);
    }

    assertThat(patient.due(100, false))
        .extracting(ErrorRecord::seenAt)
        .containsExactly("log,handler,uncaught", "log,handler", "log,handler");
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

  @Test
  void placesThatSeeItSoonAreInItsRecord() {
    ErrorTracker patient = new ErrorTracker(100);
    IOException cause = io("disk full");
    RuntimeException wrapped = new RuntimeException(cause);
    Exchange request = new Exchange(Exchange.Kind.SERVER, "test", 0);

    patient.track(cause, "log", 7, "worker", null, 0);
    patient.track(cause, "log", 8, "worker", null, 1);
    assertThat(patient.due(99, false)).isEmpty();
    patient.track(wrapped, "handler", 9, "http-1", request, 99);
    assertThat(patient.due(5_000, false)).as("its request is in flight").isEmpty();
    request.end(1);

    assertThat(patient.due(5_000, false))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.seenAt()).isEqualTo("log,handler");
              assertThat(record.thrown()).as("the outermost").isSameAs(wrapped);
              assertThat(record.exchange()).isSameAs(request);
              assertThat(record.epochMillis()).isEqualTo(7);
            });
    assertThat(patient.isGathering()).isFalse();
  }

  @Test
  void aRequestThatDoesNotEndIsNotWaitedForForEver() {
    Exchange request = new Exchange(Exchange.Kind.SERVER, "test", 0);
    ErrorTracker patient = new ErrorTracker(100);
    patient.track(io("x"), "log", 0, "worker", request, 0);

    assertThat(patient.due(TimeUnit.SECONDS.toNanos(4), false)).isEmpty();
    assertThat(patient.due(TimeUnit.SECONDS.toNanos(5), false)).hasSize(1);
  }

  @Test
  void whatGathersIsBounded() {
    ErrorTracker patient = new ErrorTracker(Long.MAX_VALUE);
    for (int kind = 0; kind < 200; kind++) {
      Throwable thrown = io("x");
      thrown.setStackTrace(
          new StackTraceElement[] {new StackTraceElement("com.acme.C" + kind, "m", null, 1)});
      patient.track(thrown, "log", 0, "worker", null, 0);
    }

    assertThat(patient.due(1, false)).hasSize(200 - 128);
    assertThat(patient.due(1, true)).hasSize(128);
  }

  private ErrorRecord track(Throwable thrown, long nowNanos) {
    tracker.track(thrown, "handler", 0, "thread", null, nowNanos);
    List<ErrorRecord> due = tracker.due(nowNanos, false);
    assertThat(due).hasSizeLessThan(2);
    return due.isEmpty() ? null : due.get(0);
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
    return track(thrown, 0).fingerprint();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorTrackerTest {

  private final ErrorTracker tracker = new ErrorTracker();

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

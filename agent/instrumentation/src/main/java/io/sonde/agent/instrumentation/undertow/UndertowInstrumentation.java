// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.undertow;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import io.undertow.Undertow;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** See the package's description. */
public final class UndertowInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#serverSeen}. */
  public static final String KIND = "undertow";

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Collections.singletonList("io.undertow.Undertow");
  }

  @Override
  public void weave(String type, Hooks hooks) {
    hooks
        .advise(named("start").and(takesArguments(0)), AcceptsAdvice.class)
        .advise(named("stop").and(takesArguments(0)), StopsAdvice.class);
  }

  static final class AcceptsAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Undertow undertow) {
      SondeBridge.serverSeen(KIND, undertow, null, undertow.getWorker());
    }
  }

  static final class StopsAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object undertow) {
      SondeBridge.serverGone(undertow);
    }
  }
}

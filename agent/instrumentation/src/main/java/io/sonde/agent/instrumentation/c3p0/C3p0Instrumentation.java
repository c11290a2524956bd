// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.c3p0;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.agent.instrumentation.pool.ReturnAdvice;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** See the package's description. */
public final class C3p0Instrumentation implements Instrumentation {

  /** For {@link SondeBridge#poolAsked(String, Object)}. */
  public static final String KIND = "c3p0";

  private static final String SOURCE = "com.mchange.v2.c3p0.impl.AbstractPoolBackedDataSource";
  private static final String CONNECTION = "com.mchange.v2.c3p0.impl.NewProxyConnection";
  private static final String CONNECTION_SINCE_0_10 =
      "com.mchange.v2.c3p0.impl.AbstractNewProxyConnection";

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Arrays.asList(SOURCE, CONNECTION, CONNECTION_SINCE_0_10);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    if (type.equals(SOURCE)) {
      hooks.advise(named("getConnection"), AcquireAdvice.class);
    } else {
      hooks.advise(named("close").and(takesArguments(0)), ReturnAdvice.OfConnection.class);
    }
  }

  static final class AcquireAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(@Advice.This Object pool) {
      return SondeBridge.poolAsked(KIND, pool);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter Object asked,
        @Advice.Return Object connection,
        @Advice.Thrown Throwable thrown) {
      SondeBridge.poolAnswered(asked, connection, thrown);
    }
  }
}

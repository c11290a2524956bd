// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.ucp;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.agent.instrumentation.pool.ReturnAdvice;
import io.sonde.bridge.SondeBridge;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** See the package's description. */
public final class UcpInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#poolAsked(String, Object)}. */
  public static final String KIND = "ucp";

  private static final String POOL = "oracle.ucp.common.UniversalConnectionPoolImpl";

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Collections.singletonList(POOL);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    hooks
        .advise(named("borrowConnection").and(takesArguments(1)), AcquireAdvice.class)
        .advise(named("returnConnection").and(takesArguments(1)), ReturnAdvice.OfPool.class);
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

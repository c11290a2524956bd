// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.hikari;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
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
public final class HikariInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#poolAsked(String, Object)}. */
  public static final String KIND = "hikari";

  private static final String POOL = "com.zaxxer.hikari.pool.HikariPool";
  private static final String CONNECTION = "com.zaxxer.hikari.pool.ProxyConnection";

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Arrays.asList(POOL, CONNECTION);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    if (type.equals(CONNECTION)) {
      hooks.advise(named("close").and(takesArguments(0)), ReturnAdvice.OfConnection.class);
      return;
    }
    hooks
        .advise(isConstructor(), CreatedAdvice.class)
        .advise(named("getConnection").and(takesArguments(long.class)), AcquireAdvice.class);
  }

  /** Not for a pool whose constructor throws: nobody ever holds it. */
  static final class CreatedAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object pool) {
      SondeBridge.poolSeen(KIND, pool);
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

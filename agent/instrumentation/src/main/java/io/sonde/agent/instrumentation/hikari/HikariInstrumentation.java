// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.hikari;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** See the package's description. */
public final class HikariInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#poolSeen}. */
  public static final String KIND = "hikari";

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Collections.singletonList("com.zaxxer.hikari.pool.HikariPool");
  }

  @Override
  public void weave(String type, Hooks hooks) {
    hooks
        .advise(isConstructor(), CreatedAdvice.class)
        .advise(named("getConnection").and(takesArguments(long.class)), AcquireAdvice.class);
  }

  /** Not for a pool that fails fast: its constructor throws, and nobody ever holds it. */
  static final class CreatedAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object pool) {
      SondeBridge.poolSeen(KIND, pool);
    }
  }

  /** A timeout is thrown as SQLTransientConnectionException. */
  static final class AcquireAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static long enter() {
      return SondeBridge.poolAsked();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This Object pool, @Advice.Enter long asked, @Advice.Thrown Throwable thrown) {
      SondeBridge.poolAcquired(pool, asked, thrown);
    }
  }
}

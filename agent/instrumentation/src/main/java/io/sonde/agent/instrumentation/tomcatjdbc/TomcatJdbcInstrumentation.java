// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.tomcatjdbc;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
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
public final class TomcatJdbcInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#poolAsked(String, Object)}. */
  public static final String KIND = "tomcat-jdbc";

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Collections.singletonList("org.apache.tomcat.jdbc.pool.ConnectionPool");
  }

  @Override
  public void weave(String type, Hooks hooks) {
    hooks
        .advise(isConstructor(), CreatedAdvice.class)
        .advise(
            named("borrowConnection").and(takesArguments(int.class, String.class, String.class)),
            AcquireAdvice.class)
        .advise(named("returnConnection").and(takesArguments(1)), ReturnAdvice.OfPool.class)
        .advise(named("release").and(takesArguments(1)), ReturnAdvice.OfPool.class);
  }

  /** Not for a pool whose constructor throws: nobody ever holds it. */
  static final class CreatedAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object pool) {
      SondeBridge.poolSeen(KIND, pool);
    }
  }

  /** Without a wait the pool fills itself at its start, or somebody asks asynchronously. */
  static final class AcquireAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(@Advice.This Object pool, @Advice.Argument(0) int waitMillis) {
      return waitMillis == 0 ? null : SondeBridge.poolAsked(KIND, pool);
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

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jedis;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** See the package's description. */
public final class JedisInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#storeSeen}. */
  public static final String KIND = "jedis";

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Collections.singletonList("redis.clients.jedis.util.Pool");
  }

  @Override
  public void weave(String type, Hooks hooks) {
    hooks
        .advise(isConstructor(), CreatedAdvice.class)
        .advise(named("getResource").and(takesArguments(0)), AcquireAdvice.class)
        .advise(
            namedOneOf(
                    "returnResource",
                    "returnBrokenResource",
                    "returnResourceObject", // these two: Jedis 3
                    "returnBrokenResourceObject")
                .and(takesArguments(1)),
            ReturnAdvice.class)
        .advise(named("close").and(takesArguments(0)), ClosedAdvice.class)
        .advise(named("destroy").and(takesArguments(0)), ClosedAdvice.class);
  }

  /** The subclass's constructor still runs: nothing is read yet. */
  static final class CreatedAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object pool) {
      SondeBridge.storeSeen(KIND, pool, null);
    }
  }

  static final class AcquireAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(@Advice.This Object pool) {
      return SondeBridge.storeAsked(pool);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter Object asked,
        @Advice.Return Object connection,
        @Advice.Thrown Throwable thrown) {
      SondeBridge.storeAnswered(asked, connection, thrown);
    }
  }

  /** Before it is back: the next thread may have it before the method returns. */
  static final class ReturnAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Object connection) {
      SondeBridge.storeReturned(connection);
    }
  }

  static final class ClosedAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object pool) {
      SondeBridge.storeClosed(pool);
    }
  }
}

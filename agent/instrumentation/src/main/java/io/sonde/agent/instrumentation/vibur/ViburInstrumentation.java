// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.vibur;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.agent.instrumentation.pool.ReturnAdvice;
import io.sonde.bridge.SondeBridge;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** See the package's description. */
public final class ViburInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#poolAsked(String, Object)}. */
  public static final String KIND = "vibur";

  private static final String POOL = "org.vibur.dbcp.pool.PoolOperations";
  private static final String CONNECTION = "org.vibur.dbcp.proxy.ConnectionInvocationHandler";

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
    if (type.equals(POOL)) {
      hooks
          .advise(isConstructor(), CreatedAdvice.class)
          .advise(named("getProxyConnection"), AcquireAdvice.class);
    } else {
      hooks.advise(
          named("processClose").or(named("processAbort")), ReturnAdvice.OfConnection.class);
    }
  }

  /** Not for a pool whose constructor throws: nobody ever holds it. */
  static final class CreatedAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object pool) {
      SondeBridge.poolSeen(KIND, pool);
    }
  }

  /** A connection is a proxy; its handler knows when it ends. */
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
      Object handler = connection == null ? null : Proxy.getInvocationHandler(connection);
      SondeBridge.poolAnswered(asked, handler, thrown);
    }
  }
}

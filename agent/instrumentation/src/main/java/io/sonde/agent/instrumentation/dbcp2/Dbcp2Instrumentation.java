// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.dbcp2;

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
public final class Dbcp2Instrumentation implements Instrumentation {

  /** For {@link SondeBridge#poolAsked(String, Object)}. */
  public static final String KIND = "dbcp2";

  private static final String COMMONS = "org.apache.commons.dbcp2.";
  private static final String TOMCAT = "org.apache.tomcat.dbcp.dbcp2.";
  private static final String SOURCE = "BasicDataSource";
  private static final String CONNECTION = "PoolingDataSource$PoolGuardConnectionWrapper";
  private static final String MANAGED = "managed.ManagedConnection";

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Arrays.asList(
        COMMONS + SOURCE,
        COMMONS + CONNECTION,
        COMMONS + MANAGED,
        TOMCAT + SOURCE,
        TOMCAT + CONNECTION);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    if (type.endsWith(SOURCE)) {
      hooks.advise(named("getConnection").and(takesArguments(0)), AcquireAdvice.class);
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

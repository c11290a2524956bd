// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.mongodb;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/** See the package's description. */
public final class MongoInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#storeSeen}. */
  public static final String KIND = "mongodb";

  private static final String POOL = "com.mongodb.internal.connection.DefaultConnectionPool";
  private static final String CONNECTION = POOL + "$PooledConnection";

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
      hooks.advise(named("close").and(takesArguments(0)), ReturnAdvice.class);
      return;
    }
    hooks
        .advise(isConstructor(), CreatedAdvice.class)
        .advise(longest("get"), AcquireAdvice.class)
        .adviseIfPresent(
            named("connectionCheckedOut").and(takesArgument(1, named(CONNECTION))),
            CheckedOutAdvice.class)
        .adviseIfPresent(
            named("checkOutFailed")
                .or(named("emitCheckOutFailedEvent"))
                .and(takesArgument(0, Throwable.class)),
            FailedAdvice.class)
        .adviseIfPresent(
            named("invalidate").and(takesArgument(0, Throwable.class)), FailedAdvice.class)
        .advise(named("close").and(takesArguments(0)), ClosedAdvice.class);
  }

  /** The overload that the shorter ones call. */
  private static ElementMatcher<MethodDescription> longest(String name) {
    return method ->
        method.getName().equals(name)
            && method.getDeclaringType().getDeclaredMethods().stream()
                .filter(other -> other.getName().equals(name))
                .noneMatch(other -> other.getParameters().size() > method.getParameters().size());
  }

  static final class CreatedAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object pool) {
      SondeBridge.storeSeen(KIND, pool, null);
    }
  }

  /** The synchronous driver's way. */
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

  /** Both drivers' way; of the synchronous one the end of {@code get} follows. */
  static final class CheckedOutAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object pool, @Advice.Argument(1) Object connection) {
      SondeBridge.storeGiven(pool, connection);
    }
  }

  /** The connection is an object of its own each time it is given out. */
  static final class ReturnAdvice {

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This Object connection) {
      SondeBridge.storeReturned(connection);
    }
  }

  static final class FailedAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object pool, @Advice.Argument(0) Throwable thrown) {
      if (thrown != null) {
        SondeBridge.storeUsed(pool, thrown);
      }
    }
  }

  static final class ClosedAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object pool) {
      SondeBridge.storeClosed(pool);
    }
  }
}

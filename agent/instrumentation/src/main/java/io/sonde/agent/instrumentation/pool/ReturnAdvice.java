// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.pool;

import io.sonde.bridge.SondeBridge;
import net.bytebuddy.asm.Advice;

/** The end of a method that gives a connection back. */
public final class ReturnAdvice {

  private ReturnAdvice() {}

  /** A method of the connection itself, or of its handler. */
  public static final class OfConnection {

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This Object connection) {
      SondeBridge.poolReturned(connection);
    }
  }

  /** A method of the pool that is told which. */
  public static final class OfPool {

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Object connection) {
      SondeBridge.poolReturned(connection);
    }
  }
}

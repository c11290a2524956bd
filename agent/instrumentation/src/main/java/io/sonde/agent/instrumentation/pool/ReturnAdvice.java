// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.pool;

import io.sonde.bridge.SondeBridge;
import net.bytebuddy.asm.Advice;

/** A method that gives a connection back. */
public final class ReturnAdvice {

  private ReturnAdvice() {}

  /**
   * The end of a method of the connection itself, or of its handler: an object of its own each time
   * it is given out, and held as long as its close takes.
   */
  public static final class OfConnection {

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This Object connection) {
      SondeBridge.poolReturned(connection);
    }
  }

  /**
   * The begin of a method of the pool that is told which: at its end another thread may hold the
   * same object.
   */
  public static final class OfPool {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Object connection) {
      SondeBridge.poolReturned(connection);
    }
  }
}

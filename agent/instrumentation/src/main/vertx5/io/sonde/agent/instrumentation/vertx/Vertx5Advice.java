// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.vertx;

import io.sonde.bridge.SondeBridge;
import io.vertx.core.internal.ContextInternal;
import net.bytebuddy.asm.Advice;

/**
 * The same as {@code Vertx4Advice}, for another type. Vert.x 5 needs Java 11, this class does not:
 * it is loaded where 4 is woven, too.
 */
final class Vertx5Advice {

  /** Of a context's local data. */
  static final String EXCHANGE = "io.sonde.exchange";

  private Vertx5Advice() {}

  static final class Request {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object made,
        @Advice.Argument(1) Object request,
        @Advice.Argument(2) ContextInternal context) {
      Object exchange = SondeBridge.detached(request);
      if (exchange != null) {
        SondeBridge.answerable(exchange, made);
        context.localContextData().put(EXCHANGE, exchange);
      }
    }
  }

  /** Of HTTP/2: made while the connection's decoder hands over the request. */
  static final class Stream {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(1) ContextInternal context) {
      Object exchange = SondeBridge.current();
      if (exchange != null) {
        context.localContextData().put(EXCHANGE, exchange);
      }
    }
  }

  /** The same in later ones of 5. */
  static final class LaterStream {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(4) ContextInternal context) {
      Object exchange = SondeBridge.current();
      if (exchange != null) {
        context.localContextData().put(EXCHANGE, exchange);
      }
    }
  }

  static final class Begin {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This ContextInternal context) {
      Object exchange = context.localContextData().get(EXCHANGE);
      if (exchange != null) {
        SondeBridge.enter(exchange);
      }
    }
  }

  static final class End {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This ContextInternal context, @Advice.Argument(0) ContextInternal before) {
      Object outer = before == null ? null : before.localContextData().get(EXCHANGE);
      if (outer != null || context.localContextData().get(EXCHANGE) != null) {
        SondeBridge.enter(outer);
      }
    }
  }
}

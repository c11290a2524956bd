// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.javalin;

import io.javalin.router.Endpoint;
import io.sonde.bridge.SondeBridge;
import net.bytebuddy.asm.Advice;

/** Names types of Javalin 7, which needs Java 17 itself. */
final class Javalin7Advice {

  private Javalin7Advice() {}

  /** An endpoint's turn has come: filters' before, the handler's, filters' after. */
  static final class EndpointAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Endpoint endpoint) {
      if (endpoint.method.isHttpMethod()) {
        SondeBridge.route(endpoint.path, null);
      }
    }
  }
}

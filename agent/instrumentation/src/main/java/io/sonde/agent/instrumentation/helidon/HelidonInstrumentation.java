// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.helidon;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** See the package's description. */
public final class HelidonInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#serverSeen}. */
  public static final String KIND = "helidon";

  private static final String SERVER = "io.helidon.webserver.LoomServer";
  private static final String FILTERS = "io.helidon.webserver.http.Filters";
  private static final String ERRORS = "io.helidon.webserver.http.ErrorHandlers";
  private static final String REQUEST = "io.helidon.webserver.http1.Http1ServerRequest";
  private static final String REQUEST2 = "io.helidon.webserver.http2.Http2ServerRequest";
  private static final String RESPONSE = "io.helidon.webserver.http1.Http1ServerResponse";
  private static final String RESPONSE2 = "io.helidon.webserver.http2.Http2ServerResponse";

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Arrays.asList(SERVER, FILTERS, ERRORS, REQUEST, REQUEST2, RESPONSE, RESPONSE2);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case SERVER:
        hooks
            .advise(named("start").and(takesArguments(0)), AcceptsAdvice.class)
            .advise(named("stop").and(takesArguments(0)), StopsAdvice.class);
        break;
      case FILTERS:
        hooks.advise(named("filter").and(takesArguments(4)), HelidonAdvice.Request.class);
        break;
      case ERRORS:
        hooks.advise(named("unhandledError").and(takesArguments(4)), HelidonAdvice.Unhandled.class);
        break;
      case REQUEST:
      case REQUEST2:
        hooks.adviseIfPresent(
            named("matchingPattern").and(takesArguments(String.class)), HelidonAdvice.Route.class);
        break;
      default:
        hooks
            .advise(named("send").and(takesArgument(0, byte[].class)), HelidonAdvice.Head.class)
            .advise(named("outputStream").and(takesArguments(0)), HelidonAdvice.Head.class)
            .adviseIfPresent(named("sink"), HelidonAdvice.Head.class);
    }
  }

  static final class AcceptsAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object server) {
      SondeBridge.serverSeen(KIND, server, null, null);
    }
  }

  static final class StopsAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object server) {
      SondeBridge.serverGone(server);
    }
  }
}

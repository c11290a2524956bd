// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.javalin;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** See the package's description. Javalin's own types are not named: they are of Java 11. */
public final class JavalinInstrumentation implements Instrumentation {

  private static final String CONTEXT = "io.javalin.http.servlet.JavalinServletContext";
  private static final String ENDPOINT_7 = "io.javalin.router.Endpoint";
  private static final String LAST_MAPPER_5 = "io.javalin.http.servlet.ExceptionMapper";
  private static final String LAST_MAPPER_6 = "io.javalin.router.exception.ExceptionMapper";

  @Override
  public String name() {
    return "javalin";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(CONTEXT, LAST_MAPPER_5, LAST_MAPPER_6);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    if (type.equals(CONTEXT)) {
      hooks
          .adviseIfPresent( // 5 and 6
              named("update").and(takesArgument(1, String.class)), EndpointAdvice.class)
          .adviseIfPresent( // 7
              named("update").and(takesArgument(0, named(ENDPOINT_7))),
              Javalin7Advice.EndpointAdvice.class);
    } else {
      hooks.advise(named("uncaughtException").and(takesArguments(2)), NotMappedAdvice.class);
    }
  }

  /** An endpoint's turn has come: filters' before, the handler's, filters' after. */
  static final class EndpointAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("handlerType") Enum<?> type,
        @Advice.FieldValue("endpointHandlerPath") String template) {
      String kind = type.name();
      if (!kind.startsWith("BEFORE") && !kind.startsWith("AFTER") && !kind.startsWith("WEB")) {
        SondeBridge.route(template, null);
      }
    }
  }

  /** No mapper of the application's has taken the exception: Javalin answers 500 by itself. */
  static final class NotMappedAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(1) Throwable thrown) {
      SondeBridge.failed(SondeBridge.current(), thrown);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.armeria;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;
import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** What Armeria's server needs beside Netty's codecs; see the package's description. */
public final class ArmeriaInstrumentation implements Instrumentation {

  private static final String CONTEXT_OLD =
      "com.linecorp.armeria.server.DefaultServiceRequestContext";
  private static final String CONTEXT =
      "com.linecorp.armeria.internal.server.DefaultServiceRequestContext";
  private static final String ERRORS = "com.linecorp.armeria.server.DefaultServerErrorHandler";

  /** Attribute of a request's context. */
  static final String EXCHANGE = "io.sonde.exchange";

  static final String ANYTHING = "/*";

  @Override
  public String name() {
    return "armeria";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(CONTEXT_OLD, CONTEXT, ERRORS);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    if (type.equals(ERRORS)) {
      hooks
          .advise(named("onServiceException").and(takesArguments(2)), ErrorAdvice.class)
          .advise(named("internalRenderStatus").and(takesArguments(4)), StatusAdvice.class);
    } else {
      hooks.advise(isConstructor(), ContextAdvice.class);
    }
  }

  /** A service was found for a request. Constructors call each other: it may be told twice. */
  static final class ContextAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This ServiceRequestContext context, @Advice.Argument(0) ServiceConfig config) {
      Object exchange = SondeBridge.current();
      if (exchange != null) {
        AttributeKey<Object> key = AttributeKey.valueOf(EXCHANGE);
        context.setAttr(key, exchange);
        String pattern = config.route().patternString();
        if (pattern.contains("/:")) {
          StringBuilder template = new StringBuilder(pattern);
          for (int i = pattern.indexOf("/:"); i >= 0; i = template.indexOf("/:", i)) {
            template.setCharAt(++i, '{');
            while (i < template.length()
                && template.charAt(i) != '/'
                && template.charAt(i) != ':') {
              i++;
            }
            template.insert(i, '}');
          }
          pattern = template.toString();
        }
        if (!ANYTHING.equals(pattern)) {
          SondeBridge.route(pattern, null);
        }
      }
    }
  }

  /** No handler of the application's has taken the exception, by whatever thread it came. */
  static final class ErrorAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(
        @Advice.Argument(0) ServiceRequestContext context, @Advice.Local("scope") Object scope) {
      AttributeKey<Object> key = AttributeKey.valueOf(EXCHANGE);
      scope = SondeBridge.enter(context.attr(key));
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** Armeria answers by itself. */
  static final class StatusAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(2) HttpStatus status, @Advice.Argument(3) Throwable thrown) {
      if (status.code() >= 500) {
        SondeBridge.failed(SondeBridge.current(), thrown);
      }
    }
  }
}

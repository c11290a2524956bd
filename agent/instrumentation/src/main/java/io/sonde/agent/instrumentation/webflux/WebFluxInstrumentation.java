// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.webflux;

import static net.bytebuddy.matcher.ElementMatchers.isBridge;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/** See the package's description. */
public final class WebFluxInstrumentation implements Instrumentation {

  private static final String ADAPTER =
      "org.springframework.web.server.adapter.HttpWebHandlerAdapter";
  private static final String METHODS =
      "org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping";
  private static final String FUNCTIONS =
      "org.springframework.web.reactive.function.server.support.RouterFunctionMapping";
  private static final String URLS =
      "org.springframework.web.reactive.handler.AbstractUrlHandlerMapping";
  private static final String ERROR_PAGE =
      "org.springframework.boot.autoconfigure.web.reactive.error.AbstractErrorWebExceptionHandler";
  private static final String ERROR_PAGE_4 =
      "org.springframework.boot.webflux.autoconfigure.error.AbstractErrorWebExceptionHandler";

  /** Attribute of Spring's exchange. */
  static final String EXCHANGE = "io.sonde.exchange";

  static final String PATTERN =
      "org.springframework.web.reactive.HandlerMapping.bestMatchingPattern";
  static final String ANYTHING = "/**";

  /** Spring Boot's attributes of what its error page is about. */
  static final String ERROR =
      "org.springframework.boot.web.reactive.error.DefaultErrorAttributes.ERROR";

  static final String ERROR_4 =
      "org.springframework.boot.webflux.error.DefaultErrorAttributes.ERROR";

  @Override
  public String name() {
    return "spring-webflux";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(ADAPTER, METHODS, FUNCTIONS, URLS, ERROR_PAGE, ERROR_PAGE_4);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case ADAPTER:
        hooks
            .advise(named("createExchange").and(takesArguments(2)), ExchangeAdvice.class)
            .adviseIfPresent( // 5
                named("handleUnresolvedError").and(takesArgument(1, Throwable.class)),
                UnresolvedAdvice.class)
            .adviseIfPresent( // 6 and 7
                named("handleUnresolvedError").and(takesArgument(2, Throwable.class)),
                ObservedUnresolvedAdvice.class);
        break;
      case METHODS:
        hooks.advise(
            named("handleMatch").and(not(isBridge())).and(takesArguments(3)), MethodAdvice.class);
        break;
      case FUNCTIONS:
        hooks.advise(named("setAttributes").and(takesArguments(3)), FunctionAdvice.class);
        break;
      case URLS:
        hooks.advise(named("lookupHandler").and(takesArguments(2)), UrlAdvice.class);
        break;
      default:
        hooks.advise(named("getErrorAttributes").and(takesArguments(2)), ErrorPageAdvice.class);
    }
  }

  /** Spring makes its exchange of a server's request, on the server's thread. */
  static final class ExchangeAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return ServerWebExchange web) {
      Object exchange = SondeBridge.current();
      if (exchange != null) {
        web.getAttributes().put(EXCHANGE, exchange);
      }
    }
  }

  /** An annotated controller's method was chosen. */
  static final class MethodAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Argument(1) Object handler, @Advice.Argument(2) ServerWebExchange web) {
      Object exchange = web.getAttributes().get(EXCHANGE);
      PathPattern pattern = (PathPattern) web.getAttributes().get(PATTERN);
      if (exchange != null && pattern != null) {
        Object scope = SondeBridge.enter(exchange);
        SondeBridge.route(pattern.getPatternString(), handler);
        SondeBridge.leave(scope);
      }
    }
  }

  /** A functional endpoint was chosen. Its handler is a lambda, whose name tells nothing. */
  static final class FunctionAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Map<String, Object> attributes) {
      Object exchange = attributes.get(EXCHANGE);
      PathPattern pattern = (PathPattern) attributes.get(PATTERN);
      if (exchange != null && pattern != null) {
        Object scope = SondeBridge.enter(exchange);
        SondeBridge.route(pattern.getPatternString(), null);
        SondeBridge.leave(scope);
      }
    }
  }

  /** A resource or another handler was chosen by the URL's pattern. */
  static final class UrlAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(1) ServerWebExchange web, @Advice.Return Object handler) {
      Object exchange = web.getAttributes().get(EXCHANGE);
      PathPattern pattern = (PathPattern) web.getAttributes().get(PATTERN);
      if (handler != null
          && exchange != null
          && pattern != null
          && !ANYTHING.equals(pattern.getPatternString())) {
        Object scope = SondeBridge.enter(exchange);
        SondeBridge.route(pattern.getPatternString(), null);
        SondeBridge.leave(scope);
      }
    }
  }

  /** No handler of exceptions has taken it: Spring answers 500 by itself. */
  static final class UnresolvedAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(0) ServerWebExchange web, @Advice.Argument(1) Throwable thrown) {
      SondeBridge.failed(web.getAttributes().get(EXCHANGE), thrown);
    }
  }

  /** The same, of Spring 6 and 7. */
  static final class ObservedUnresolvedAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(0) ServerWebExchange web, @Advice.Argument(2) Throwable thrown) {
      SondeBridge.failed(web.getAttributes().get(EXCHANGE), thrown);
    }
  }

  /** Spring Boot makes its error page, or its JSON. */
  static final class ErrorPageAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) ServerRequest request, @Advice.Return Map<String, Object> page) {
      Object status = page.get("status");
      if (status instanceof Integer && (Integer) status >= 500) {
        Map<String, Object> attributes = request.attributes();
        Object thrown = attributes.get(ERROR);
        thrown = thrown == null ? attributes.get(ERROR_4) : thrown;
        SondeBridge.failed(attributes.get(EXCHANGE), (Throwable) thrown);
      }
    }
  }
}

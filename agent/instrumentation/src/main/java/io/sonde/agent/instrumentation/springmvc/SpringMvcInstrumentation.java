// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.springmvc;

import static net.bytebuddy.matcher.ElementMatchers.isBridge;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * See the package's description. Each advice exists twice, word for word: once a servlet API,
 * chosen by the type of the hooked method's parameter.
 */
public final class SpringMvcInstrumentation implements Instrumentation {

  private static final String METHODS =
      "org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping";
  private static final String FUNCTIONS =
      "org.springframework.web.servlet.function.support.RouterFunctionMapping";
  private static final String URLS =
      "org.springframework.web.servlet.handler.AbstractUrlHandlerMapping";

  private static final String JAVAX = "javax.servlet.http.HttpServletRequest";
  private static final String JAKARTA = "jakarta.servlet.http.HttpServletRequest";

  static final String PATTERN =
      "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";
  static final String HANDLER =
      "org.springframework.web.servlet.HandlerMapping.bestMatchingHandler";
  static final String ANYTHING = "/**";

  @Override
  public String name() {
    return "spring-mvc";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(METHODS, FUNCTIONS, URLS);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case METHODS:
        hooks
            .adviseIfPresent(method("handleMatch", 2, JAVAX), JavaxMethodAdvice.class)
            .adviseIfPresent(method("handleMatch", 2, JAKARTA), JakartaMethodAdvice.class);
        break;
      case FUNCTIONS:
        hooks
            .adviseIfPresent(method("setAttributes", 0, JAVAX), JavaxFunctionAdvice.class)
            .adviseIfPresent(method("setAttributes", 0, JAKARTA), JakartaFunctionAdvice.class);
        break;
      default:
        hooks
            .adviseIfPresent(method("exposePathWithinMapping", 2, JAVAX), JavaxUrlAdvice.class)
            .adviseIfPresent(method("exposePathWithinMapping", 2, JAKARTA), JakartaUrlAdvice.class);
    }
  }

  private static ElementMatcher<MethodDescription> method(String name, int index, String request) {
    return named(name).and(not(isBridge())).and(takesArgument(index, named(request)));
  }

  /** An annotated controller's method was chosen; javax. */
  static final class JavaxMethodAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(2) javax.servlet.http.HttpServletRequest request) {
      if (request.getDispatcherType() != javax.servlet.DispatcherType.ERROR) {
        SondeBridge.route((String) request.getAttribute(PATTERN), request.getAttribute(HANDLER));
      }
    }
  }

  /** A functional endpoint was chosen. Its handler is a lambda, whose name tells nothing. */
  static final class JavaxFunctionAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) javax.servlet.http.HttpServletRequest request) {
      if (request.getDispatcherType() != javax.servlet.DispatcherType.ERROR) {
        SondeBridge.route((String) request.getAttribute(PATTERN), null);
      }
    }
  }

  /** A resource or another handler was chosen by the URL's pattern. */
  static final class JavaxUrlAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) String pattern,
        @Advice.Argument(2) javax.servlet.http.HttpServletRequest request) {
      if (!ANYTHING.equals(pattern)
          && request.getDispatcherType() != javax.servlet.DispatcherType.ERROR) {
        SondeBridge.route(pattern, null);
      }
    }
  }

  /** An annotated controller's method was chosen; jakarta. */
  static final class JakartaMethodAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(2) jakarta.servlet.http.HttpServletRequest request) {
      if (request.getDispatcherType() != jakarta.servlet.DispatcherType.ERROR) {
        SondeBridge.route((String) request.getAttribute(PATTERN), request.getAttribute(HANDLER));
      }
    }
  }

  /** A functional endpoint was chosen. Its handler is a lambda, whose name tells nothing. */
  static final class JakartaFunctionAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) jakarta.servlet.http.HttpServletRequest request) {
      if (request.getDispatcherType() != jakarta.servlet.DispatcherType.ERROR) {
        SondeBridge.route((String) request.getAttribute(PATTERN), null);
      }
    }
  }

  /** A resource or another handler was chosen by the URL's pattern. */
  static final class JakartaUrlAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) String pattern,
        @Advice.Argument(2) jakarta.servlet.http.HttpServletRequest request) {
      if (!ANYTHING.equals(pattern)
          && request.getDispatcherType() != jakarta.servlet.DispatcherType.ERROR) {
        SondeBridge.route(pattern, null);
      }
    }
  }
}

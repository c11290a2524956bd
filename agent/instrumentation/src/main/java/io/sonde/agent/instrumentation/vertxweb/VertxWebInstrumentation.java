// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.vertxweb;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import net.bytebuddy.asm.Advice;

/** See the package's description. */
public final class VertxWebInstrumentation implements Instrumentation {

  private static final String ROUTE = "io.vertx.ext.web.impl.RouteState";
  private static final String CONTEXT = "io.vertx.ext.web.impl.RoutingContextImpl";
  private static final String BASE = "io.vertx.ext.web.impl.RoutingContextImplBase";

  @Override
  public String name() {
    return "vertx-web";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(ROUTE, CONTEXT, BASE);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case ROUTE:
        hooks.advise(named("handleContext").and(takesArguments(1)), HandleAdvice.class);
        break;
      case CONTEXT:
        hooks.advise(
            named("fail").and(takesArguments(int.class, Throwable.class)), FailAdvice.class);
        break;
      default:
        hooks.advise(named("unhandledFailure").and(takesArguments(3)), UnhandledAdvice.class);
    }
  }

  /** One of a route's handlers is called. Those of {@code /api/*} may hand on to other routes. */
  static final class HandleAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(0) Object context,
        @Advice.FieldValue("path") String path,
        @Advice.FieldValue("pattern") Pattern pattern,
        @Advice.FieldValue("exactPath") boolean exact) {
      if ((path == null && pattern == null) || SondeBridge.current() == null) {
        return;
      }
      String template = path == null ? pattern.pattern() : path;
      RoutingContextInternal mounted = ((RoutingContextInternal) context).parent();
      if (mounted != null || template.indexOf(':') >= 0) {
        StringBuilder joined = new StringBuilder(64).append(template);
        for (; mounted != null; mounted = mounted.parent()) {
          String mount = mounted.currentRoute().getPath();
          if (mount != null) {
            int length = mount.length() - (mount.endsWith("/") ? 1 : 0);
            joined.insert(0, mount, 0, length);
          }
        }
        for (int i = path == null ? -1 : joined.indexOf(":"); i >= 0; i = joined.indexOf(":", i)) {
          joined.setCharAt(i++, '{');
          while (i < joined.length() && Character.isJavaIdentifierPart(joined.charAt(i))) {
            i++;
          }
          joined.insert(i, '}');
        }
        template = joined.toString();
      }
      if (exact) {
        SondeBridge.route(template, null);
      } else if (template.length() > 1) {
        boolean slash = template.endsWith("/");
        SondeBridge.mapped(
            slash ? template.substring(0, template.length() - 1) : template, true, null);
      }
    }
  }

  /** A handler has thrown, or says that it has failed; failure handlers are called next. */
  static final class FailAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) int status, @Advice.Argument(1) Throwable thrown) {
      if (status >= 500) {
        SondeBridge.failed(SondeBridge.current(), thrown);
      }
    }
  }

  /** No failure handler has answered, or one has failed itself: -1. */
  static final class UnhandledAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) int status, @Advice.Argument(1) Throwable thrown) {
      if (status == -1) {
        SondeBridge.failed(SondeBridge.current(), thrown);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jersey;

import static net.bytebuddy.matcher.ElementMatchers.isBridge;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.glassfish.jersey.server.internal.process.RequestProcessingContext;
import org.glassfish.jersey.server.internal.routing.UriRoutingContext;
import org.glassfish.jersey.uri.UriTemplate;

/** See the package's description. Names nothing that differs between javax and jakarta. */
public final class JerseyInstrumentation implements Instrumentation {

  private static final String METHOD = "org.glassfish.jersey.server.model.ResourceMethodInvoker";

  @Override
  public String name() {
    return "jersey";
  }

  @Override
  public List<String> types() {
    return Collections.singletonList(METHOD);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    hooks.advise(named("apply").and(takesArguments(1)).and(not(isBridge())), ResourceAdvice.class);
  }

  /** A resource's method was chosen; all its templates are known, the last one first. */
  static final class ResourceAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(0) RequestProcessingContext context,
        @Advice.FieldValue("resourceMethod") Method method) {
      if (SondeBridge.current() == null) {
        return;
      }
      UriRoutingContext routing = (UriRoutingContext) context.routingContext();
      List<UriTemplate> matched = routing.getMatchedTemplates();
      StringBuilder templates = new StringBuilder(64);
      for (int i = matched.size() - 1; i >= 0; i--) {
        templates.append('/').append(matched.get(i).getTemplate());
      }
      SondeBridge.resource(routing.getBaseUri().getPath(), templates, method);
    }
  }
}

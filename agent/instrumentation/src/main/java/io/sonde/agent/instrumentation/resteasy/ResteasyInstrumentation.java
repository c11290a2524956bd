// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.resteasy;

import static net.bytebuddy.matcher.ElementMatchers.isBridge;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.jboss.resteasy.plugins.server.BaseHttpRequest;
import org.jboss.resteasy.spi.metadata.ResourceMethod;

/**
 * See the package's description. {@code HttpRequest.getUri} differs between javax and jakarta; of
 * the class that all servers' requests extend it does not.
 */
public final class ResteasyInstrumentation implements Instrumentation {

  private static final String METHOD = "org.jboss.resteasy.core.ResourceMethodInvoker";
  private static final String LAST_MAPPER =
      "org.jboss.resteasy.core.providerfactory.DefaultExceptionMapper";

  @Override
  public String name() {
    return "resteasy";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(METHOD, LAST_MAPPER);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    if (type.equals(METHOD)) {
      hooks.advise(
          named("invoke").and(takesArguments(2)).and(not(isBridge())), ResourceAdvice.class);
    } else {
      hooks.advise(named("process").and(takesArguments(Throwable.class)), NotMappedAdvice.class);
    }
  }

  /** The method of a root resource was chosen. */
  static final class ResourceAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(0) Object request, @Advice.FieldValue("method") ResourceMethod method) {
      if (SondeBridge.current() == null || !(request instanceof BaseHttpRequest)) {
        return;
      }
      URI base = ((BaseHttpRequest) request).getUri().getBaseUri();
      SondeBridge.resource(base.getPath(), method.getFullpath(), method.getMethod());
    }
  }

  /** No mapper of the application's has taken the exception: RESTEasy answers 500 by itself. */
  static final class NotMappedAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Throwable thrown) {
      SondeBridge.failed(SondeBridge.current(), thrown);
    }
  }
}

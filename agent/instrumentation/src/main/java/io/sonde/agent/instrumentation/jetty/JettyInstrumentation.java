// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jetty;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.server.ServerConnector;

/** See the package's description. */
public final class JettyInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#serverSeen}. */
  public static final String KIND = "jetty";

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Collections.singletonList("org.eclipse.jetty.server.ServerConnector");
  }

  @Override
  public void weave(String type, Hooks hooks) {
    hooks
        .advise(named("doStart").and(takesArguments(0)), AcceptsAdvice.class)
        .advise(named("doStop").and(takesArguments(0)), StopsAdvice.class);
  }

  static final class AcceptsAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This ServerConnector connector) {
      SondeBridge.serverSeen(KIND, connector, null, connector.getExecutor());
    }
  }

  static final class StopsAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object connector) {
      SondeBridge.serverGone(connector);
    }
  }
}

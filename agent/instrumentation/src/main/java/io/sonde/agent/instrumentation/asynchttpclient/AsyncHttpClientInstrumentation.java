// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.asynchttpclient;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** Hooks of AsyncHttpClient, whose exchanges are Netty's; the package's comment says why. */
public final class AsyncHttpClientInstrumentation implements Instrumentation {

  private static final String CALL = "org.asynchttpclient.netty.NettyResponseFuture";
  private static final String SENDER = "org.asynchttpclient.netty.request.NettyRequestSender";

  @Override
  public String name() {
    return "async-http-client";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(CALL, SENDER);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    if (type.equals(SENDER)) {
      hooks.advise(named("writeRequest").and(takesArguments(2)), WriteAdvice.class);
    } else {
      hooks
          .advise(isConstructor(), CallAdvice.class)
          .advise(named("done").and(takesArguments(0)), EndAdvice.class)
          .advise(named("abort").and(takesArguments(Throwable.class)), EndAdvice.class)
          .advise(named("cancel").and(takesArguments(boolean.class)), EndAdvice.class);
    }
  }

  /** A call is made, on the caller's thread. */
  static final class CallAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object call) {
      SondeBridge.attach(call, SondeBridge.current());
    }
  }

  /** A connection was found or made, by whatever thread: it gets the request, or the next one. */
  static final class WriteAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(@Advice.Argument(0) Object call, @Advice.Local("scope") Object scope) {
      scope = SondeBridge.enter(SondeBridge.attached(call));
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }

  /** The call is over: the application is told in here. */
  static final class EndAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static boolean enter(@Advice.This Object call, @Advice.Local("scope") Object scope) {
      Object caller = SondeBridge.detached(call);
      if (caller == null) {
        return false;
      }
      scope = SondeBridge.enter(caller);
      return true;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter boolean entered, @Advice.Local("scope") Object scope) {
      if (entered) {
        SondeBridge.leave(scope);
      }
    }
  }
}

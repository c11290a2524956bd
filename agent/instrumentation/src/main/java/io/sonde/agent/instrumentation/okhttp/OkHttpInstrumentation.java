// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.okhttp;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** Hooks of OkHttp; the package's comment says what counts when. */
public final class OkHttpInstrumentation implements Instrumentation {

  private static final String NAME = "okhttp";
  private static final String CONNECT = "okhttp3.internal.connection.ConnectInterceptor";
  private static final String CHAIN = "okhttp3.internal.http.RealInterceptorChain";
  private static final String QUEUED_3 = "okhttp3.RealCall$AsyncCall";
  private static final String QUEUED = "okhttp3.internal.connection.RealCall$AsyncCall";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> types() {
    return Arrays.asList(CONNECT, CHAIN, QUEUED_3, QUEUED);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case CONNECT:
        hooks.advise(named("intercept").and(takesArguments(1)), AttemptAdvice.class);
        break;
      case CHAIN:
        // 3 has two of them: one for applications, and one that connects, with more arguments.
        hooks.advise(
            named("proceed").and(takesArgument(0, named("okhttp3.Request"))), HeadersAdvice.class);
        break;
      default:
        hooks
            .advise(isConstructor(), EnqueuedAdvice.class)
            .advise(namedOneOf("run", "execute").and(takesArguments(0)), RunAdvice.class);
    }
  }

  /** One attempt on the network: it connects, or takes a connection, and calls all that follows. */
  static final class AttemptAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(@Advice.Argument(0) Interceptor.Chain chain) {
      if (SondeBridge.quiet()) {
        return null;
      }
      Request request = chain.request();
      HttpUrl url = request.url();
      Object exchange =
          SondeBridge.clientStarted(
              NAME, request.method(), url.host(), url.port(), url.encodedPath());
      SondeBridge.attach(chain.call(), exchange);
      return exchange;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) Interceptor.Chain chain,
        @Advice.Enter Object exchange,
        @Advice.Return Response response,
        @Advice.Thrown Throwable thrown) {
      if (exchange != null) {
        SondeBridge.detached(chain.call());
        // 3 and 4 wrap the failure of a route on its way to the interceptor that retries.
        boolean wrapped =
            thrown instanceof RuntimeException && thrown.getCause() instanceof IOException;
        SondeBridge.finished(
            exchange, response == null ? 0 : response.code(), wrapped ? thrown.getCause() : thrown);
      }
    }
  }

  /**
   * The last of the interceptors is about to be called, which writes: what the application's own
   * network interceptors have set is known by now.
   */
  static final class HeadersAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("interceptors") List<?> interceptors,
        @Advice.FieldValue("index") int index,
        @Advice.FieldValue("call") Object call,
        @Advice.Argument(value = 0, readOnly = false) Request request) {
      if (index != interceptors.size() - 1) {
        return;
      }
      Object exchange = SondeBridge.attached(call);
      Request.Builder builder = null;
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        if (request.header(name) == null) {
          if (builder == null) {
            builder = request.newBuilder();
          }
          builder.header(name, SondeBridge.headerValue(exchange, i));
        }
      }
      if (builder != null) {
        request = builder.build();
      }
    }
  }

  /** {@code enqueue}, on its caller's thread. */
  static final class EnqueuedAdvice {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object queued) {
      SondeBridge.attach(queued, SondeBridge.current());
    }
  }

  /** The dispatcher's thread. Who wakes it may be any other call that has just ended. */
  static final class RunAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(@Advice.This Object queued) {
      return SondeBridge.enter(SondeBridge.detached(queued));
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object scope) {
      SondeBridge.leave(scope);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.apachehttpclient5;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import java.util.Arrays;
import java.util.List;

/** Hooks of Apache HttpClient 5; the package's comment says what counts when. */
public final class ApacheHttpClient5Instrumentation implements Instrumentation {

  static final String NAME = "apache-httpclient-5";

  /** Of the context: the attempt that is under way. */
  static final String STARTED = "io.sonde.exchange";

  /** Of the context, asynchronous: what the submitting thread served. */
  static final String PARENT = "io.sonde.parent";

  private static final String ATTEMPT = "org.apache.hc.client5.http.impl.classic.ConnectExec";
  private static final String WIRE = "org.apache.hc.core5.http.impl.io.HttpRequestExecutor";

  private static final String ASYNC = "org.apache.hc.client5.http.impl.async.";
  private static final String SUBMIT = ASYNC + "InternalAbstractHttpAsyncClient";
  private static final String ASYNC_PROTOCOL = ASYNC + "AsyncProtocolExec";
  private static final String ASYNC_ATTEMPT = ASYNC + "AsyncProtocolExec$1";
  private static final String ASYNC_WIRE =
      "org.apache.hc.core5.http.impl.nio.ClientHttp1StreamHandler";
  private static final String ASYNC_WIRE_2 =
      "org.apache.hc.core5.http2.impl.nio.ClientH2StreamHandler";
  private static final String SCOPE = "org.apache.hc.client5.http.async.AsyncExecChain$Scope";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> types() {
    return Arrays.asList(
        ATTEMPT, WIRE, SUBMIT, ASYNC_PROTOCOL, ASYNC_ATTEMPT, ASYNC_WIRE, ASYNC_WIRE_2);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case ATTEMPT:
        hooks.advise(
            named("execute").and(takesArguments(3)), ApacheHttpClient5Advice.Attempt.class);
        break;
      case WIRE:
        // The other one, of three, calls it.
        hooks.advise(named("execute").and(takesArguments(4)), ApacheHttpClient5Advice.Wire.class);
        break;
      case SUBMIT:
        hooks.advise(
            named("doExecute").and(takesArguments(6)), ApacheHttpClient5AsyncAdvice.Submit.class);
        break;
      case ASYNC_PROTOCOL:
        hooks
            .adviseIfPresent(
                named("internalExecute").and(takesArgument(3, named(SCOPE))),
                ApacheHttpClient5AsyncAdvice.Refused50.class)
            .adviseIfPresent(
                named("internalExecute").and(takesArgument(7, named(SCOPE))),
                ApacheHttpClient5AsyncAdvice.Refused.class);
        break;
      case ASYNC_ATTEMPT:
        hooks
            .advise(isConstructor(), ApacheHttpClient5AsyncAdvice.Start.class)
            .advise(
                named("handleResponse").and(takesArguments(2)),
                ApacheHttpClient5AsyncAdvice.Response.class)
            .advise(
                named("completed").and(takesArguments(0)),
                ApacheHttpClient5AsyncAdvice.Completed.class)
            .advise(
                named("failed").and(takesArguments(Exception.class)),
                ApacheHttpClient5AsyncAdvice.Failed.class);
        break;
      case ASYNC_WIRE:
        hooks
            .advise(
                named("commitRequest").and(takesArguments(2)),
                ApacheHttpClient5AsyncAdvice.Headers.class)
            .advise(
                named("dataEnd").and(takesArguments(1)),
                ApacheHttpClient5AsyncAdvice.Http1End.class);
        break;
      default:
        hooks
            .advise(
                named("commitRequest").and(takesArguments(2)),
                ApacheHttpClient5AsyncAdvice.Headers.class)
            .advise(
                named("consumeData").and(takesArguments(2)),
                ApacheHttpClient5AsyncAdvice.Http2Data.class);
    }
  }
}

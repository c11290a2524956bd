// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.javahttpclient;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.isStatic;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import java.util.Arrays;
import java.util.List;

/**
 * Hooks of {@code java.net.http}. The advice is Java 11; this class is not, so that Java 8 can read
 * the names. The advice is touched where a class to weave exists.
 */
public final class JavaHttpClientInstrumentation implements Instrumentation {

  private static final String REQUEST = "jdk.internal.net.http.HttpRequestImpl";
  private static final String CLIENT = "jdk.internal.net.http.HttpClientImpl";
  private static final String ATTEMPTS = "jdk.internal.net.http.MultiExchange";
  private static final String ATTEMPT = "jdk.internal.net.http.Exchange";
  private static final String HTTP1 = "jdk.internal.net.http.Http1Request";
  private static final String HTTP2 = "jdk.internal.net.http.Stream";

  @Override
  public String name() {
    return "java-http-client";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(REQUEST, HTTP1, HTTP2, CLIENT, ATTEMPTS, ATTEMPT);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case REQUEST:
        hooks
            .advise(
                isConstructor().and(takesArgument(0, named("java.net.http.HttpRequest"))),
                JavaHttpClientAdvice.Start.class)
            .advise(
                isConstructor().and(takesArgument(2, named(REQUEST))),
                JavaHttpClientAdvice.Again.class);
        break;
      case HTTP1:
        hooks.advise(
            named("collectHeaders0").and(takesArguments(StringBuilder.class)),
            JavaHttpClientAdvice.Http1Headers.class);
        break;
      case HTTP2:
        hooks.advise(
            named("headerFrame").and(takesArguments(long.class)),
            JavaHttpClientAdvice.Http2Headers.class);
        break;
      case CLIENT:
        hooks.advise(
            nameStartsWith("lambda$sendAsync$")
                .and(not(isStatic()))
                .and(takesArguments(2))
                .and(takesArgument(0, named("java.net.http.HttpResponse")))
                .and(takesArgument(1, Throwable.class)),
            JavaHttpClientAdvice.Response.class);
        break;
      case ATTEMPTS:
        hooks
            .advise(named("getExceptionalCF"), JavaHttpClientAdvice.Failure.class)
            .adviseIfPresent(named("whenCancelled"), JavaHttpClientAdvice.Cancelled.class);
        break;
      default:
        hooks.advise(
            nameStartsWith("lambda$readBodyAsync$")
                .and(takesArguments(Object.class, Throwable.class)),
            JavaHttpClientAdvice.Body.class);
    }
  }
}

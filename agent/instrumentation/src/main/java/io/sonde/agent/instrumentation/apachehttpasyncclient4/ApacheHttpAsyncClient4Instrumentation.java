// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.apachehttpasyncclient4;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import java.util.Arrays;
import java.util.List;

/** Hooks of Apache HttpAsyncClient 4; the package's comment says what counts when. */
public final class ApacheHttpAsyncClient4Instrumentation implements Instrumentation {

  private static final String CLIENT = "org.apache.http.impl.nio.client.";
  private static final String CHAIN = CLIENT + "MainClientExec";
  private static final String CALL = CLIENT + "DefaultClientExchangeHandlerImpl";
  private static final String STATE = CLIENT + "InternalState";

  @Override
  public String name() {
    return "apache-httpasyncclient-4";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(CHAIN, CALL);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    if (type.equals(CHAIN)) {
      hooks
          .adviseIfPresent( // 4.0
              named("prepare").and(takesArgument(0, named(STATE))),
              ApacheHttpAsyncClient4Advice.Start40.class)
          .adviseIfPresent(
              named("prepare").and(takesArgument(2, named(STATE))),
              ApacheHttpAsyncClient4Advice.Start.class);
    } else {
      hooks
          .advise(
              named("generateRequest").and(takesArguments(0)),
              ApacheHttpAsyncClient4Advice.Headers.class)
          .advise(
              named("responseCompleted").and(takesArguments(0)),
              ApacheHttpAsyncClient4Advice.Completed.class)
          .advise( // the first is 4.1's
              namedOneOf("executionFailed", "failed", "connectionRequestFailed")
                  .and(takesArguments(Exception.class)),
              ApacheHttpAsyncClient4Advice.Failed.class)
          .advise(
              namedOneOf("executionCancelled", "cancel", "connectionRequestCancelled")
                  .and(takesArguments(0)),
              ApacheHttpAsyncClient4Advice.Cancelled.class)
          .advise(
              namedOneOf("releaseResources", "close").and(takesArguments(0)),
              ApacheHttpAsyncClient4Advice.Closed.class);
    }
  }
}

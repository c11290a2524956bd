// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.tomcat;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Fails outside of every host, where Tomcat itself no longer catches. */
final class ThrowingValve extends ValveBase {

  @Override
  public void invoke(Request request, Response response) {
    throw new IllegalStateException("valve");
  }
}

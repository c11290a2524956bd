// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.tomcat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** What {@link Scenarios} needs of a servlet's request and response, of either API. */
interface WebRequest {

  String path();

  /** True after {@link #dispatch}. */
  boolean dispatched();

  /** All values that came. */
  List<String> headers(String name);

  InputStream in() throws IOException;

  OutputStream out() throws IOException;

  void status(int status);

  void setHeader(String name, String value);

  void addHeader(String name, String value);

  /** Drops headers and status that were set so far. */
  void reset();

  void sendError(int status) throws IOException;

  void startAsync(long timeoutMillis);

  void complete();

  void dispatch();
}

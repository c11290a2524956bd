// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

/** Values in the order of {@link Propagation#extractNames}, so that finding them costs nothing. */
public enum RequestHeaders {
  NONE("curl/8.5.0", null, null, null),
  B3(
      "Java/17.0.15",
      "6f1c2f0e-7d31-4c1a-9f0b-0e1c5f3a2b4d",
      "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-1",
      null),
  TRACEPARENT(
      "Java/17.0.15",
      "6f1c2f0e-7d31-4c1a-9f0b-0e1c5f3a2b4d",
      null,
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

  private final String userAgent;
  private final String requestId;
  private final String b3;
  private final String traceparent;

  RequestHeaders(String userAgent, String requestId, String b3, String traceparent) {
    this.userAgent = userAgent;
    this.requestId = requestId;
    this.b3 = b3;
    this.traceparent = traceparent;
  }

  String[] valuesOf(String[] names) {
    String[] values = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      values[i] = value(names[i]);
    }
    return values;
  }

  private String value(String name) {
    switch (name) {
      case "User-Agent":
        return userAgent;
      case "X-Request-ID":
        return requestId;
      case "b3":
        return b3;
      case "traceparent":
        return traceparent;
      default:
        return null;
    }
  }
}

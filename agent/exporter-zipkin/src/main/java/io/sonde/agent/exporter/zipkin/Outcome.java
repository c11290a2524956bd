// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.zipkin;

import io.sonde.agent.http.HttpResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** What became of one try to send a message. Immutable. */
final class Outcome {

  private enum Kind {
    ACKED,
    TOO_LARGE,
    REJECTED,
    FAILED
  }

  private final Kind kind;
  private final String reason;
  private final String detail;

  private Outcome(Kind kind, String reason, String detail) {
    this.kind = kind;
    this.reason = reason;
    this.detail = detail;
  }

  static Outcome of(HttpResponse response) {
    int status = response.status();
    String reason = "rejected " + status / 100 + "xx";
    if (status / 100 == 2) {
      return new Outcome(Kind.ACKED, "", "");
    }
    if (status == 413) {
      return new Outcome(Kind.TOO_LARGE, "too large", response.describe());
    }
    boolean later = status == 408 || status == 429 || status >= 500;
    return new Outcome(later ? Kind.FAILED : Kind.REJECTED, reason, response.describe());
  }

  static Outcome of(IOException e) {
    if (e instanceof UnknownHostException) {
      return failed("unknown host", "unknown host " + e.getMessage());
    }
    if (e instanceof SocketTimeoutException) {
      return failed("timeout", "no answer within " + SpanSender.TIMEOUT_MILLIS + " ms");
    }
    if (e instanceof ConnectException) {
      return failed("refused", "connection refused");
    }
    return e instanceof SSLException
        ? failed("tls", "TLS: " + e.getMessage())
        : failed("connection lost", "connection lost: " + e.getMessage());
  }

  private static Outcome failed(String reason, String detail) {
    return new Outcome(Kind.FAILED, reason, detail);
  }

  boolean acked() {
    return kind == Kind.ACKED;
  }

  /** The same spans may pass in smaller messages. */
  boolean tooLarge() {
    return kind == Kind.TOO_LARGE;
  }

  /** The same message may pass later. */
  boolean retryable() {
    return kind == Kind.FAILED;
  }

  /** For the ledger: short, one of few. */
  String reason() {
    return reason;
  }

  /** For a reader. */
  String detail() {
    return detail;
  }
}

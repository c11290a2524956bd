// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

/** gRPC's codes by their number, and the HTTP status of each: google/rpc/code.proto. */
final class GrpcCodes {

  private static final String[] NAMES = {
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED"
  };

  private static final int[] STATUSES = {
    200, 499, 500, 400, 504, 404, 409, 403, 429, 400, 409, 400, 501, 500, 503, 500, 401
  };

  private static final int UNKNOWN = 2;

  private GrpcCodes() {}

  static String name(int code) {
    return NAMES[known(code)];
  }

  static int status(int code) {
    return STATUSES[known(code)];
  }

  private static int known(int code) {
    return code >= 0 && code < NAMES.length ? code : UNKNOWN;
  }
}

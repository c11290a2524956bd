// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health.server;

/** A request that cannot be understood, and the response that says so. */
final class BadRequest extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  BadRequest(int status, String message) {
    super(message, null, false, false); // no stack trace: anybody can cause it, all day long
    this.status = status;
  }

  Response response() {
    return Response.error(status, getMessage());
  }
}

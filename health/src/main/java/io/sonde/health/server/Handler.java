// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health.server;

/** Answers the requests below a path. */
@FunctionalInterface
public interface Handler {

  /**
   * Called on the server's only thread: must be quick and never wait. What it throws becomes a 500
   * without any detail. Only GET and HEAD arrive; for HEAD the server leaves the body out.
   */
  Response handle(Request request) throws Exception;
}

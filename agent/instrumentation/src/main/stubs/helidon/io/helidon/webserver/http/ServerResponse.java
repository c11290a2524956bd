// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.helidon.webserver.http;

import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;

/** What advice calls of Helidon 4. Compiled against, never shipped. */
public interface ServerResponse {

  Status status();

  boolean isSent();

  long bytesWritten();

  ServerResponseHeaders headers();
}

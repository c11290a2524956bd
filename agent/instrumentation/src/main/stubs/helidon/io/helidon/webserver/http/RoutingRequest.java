// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.helidon.webserver.http;

import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RoutedPath;
import io.helidon.http.ServerRequestHeaders;

/** What advice calls of Helidon 4. Compiled against, never shipped. */
public interface RoutingRequest {

  HttpPrologue prologue();

  ServerRequestHeaders headers();

  RoutedPath path();

  PeerInfo remotePeer();
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.helidon.common.socket;

import java.net.SocketAddress;

/** What advice calls of Helidon 4. Compiled against, never shipped. */
public interface PeerInfo {

  SocketAddress address();
}

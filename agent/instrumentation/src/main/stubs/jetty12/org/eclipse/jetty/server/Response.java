// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.server;

/** What advice calls of Jetty 12; a class in 9.4 to 11. Compiled against, never shipped. */
public interface Response {

  int getStatus();
}

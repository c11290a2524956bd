// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.http;

/** What advice calls of Jetty 12; a class in 9.4. Compiled against, never shipped. */
public interface HttpURI {

  String getPath();

  String getQuery();
}

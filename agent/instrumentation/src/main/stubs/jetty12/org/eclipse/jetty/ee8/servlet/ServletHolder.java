// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.ee8.servlet;

/** What advice calls of Jetty 12. Compiled against, never shipped. */
public abstract class ServletHolder {

  public abstract String getClassName();
}

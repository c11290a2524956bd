// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.ee11.servlet;

/** What advice calls of Jetty 12.1. Compiled against, never shipped. */
public abstract class ServletHolder {

  public abstract String getClassName();
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.ee8.servlet;

/** What advice calls of Jetty 12. Compiled against, never shipped. */
public abstract class ServletHandler {

  /** A servlet and its mapping. */
  public abstract static class MappedServlet {

    public abstract ServletHolder getServletHolder();
  }
}

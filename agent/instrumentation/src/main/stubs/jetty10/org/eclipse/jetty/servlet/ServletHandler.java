// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.servlet;

import org.eclipse.jetty.http.pathmap.PathSpec;

/** What advice calls of Jetty 10 and 11. Compiled against, never shipped. */
public abstract class ServletHandler {

  /** A servlet and its mapping. */
  public abstract static class MappedServlet {

    public abstract PathSpec getPathSpec();

    public abstract ServletHolder getServletHolder();
  }
}

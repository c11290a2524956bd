// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.http;

/** What advice calls of Jetty 12; other names in 9.4 to 11. Compiled against, never shipped. */
public abstract class MetaData {

  public abstract HttpFields getHttpFields();

  /** A parsed request. */
  public abstract static class Request extends MetaData {

    public abstract String getMethod();

    public abstract HttpURI getHttpURI();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.client.transport;

/** What advice calls of Jetty 12. Compiled against, never shipped. */
public abstract class HttpExchange {

  public abstract HttpRequest getRequest();
}

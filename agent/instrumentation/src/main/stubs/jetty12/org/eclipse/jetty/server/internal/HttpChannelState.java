// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.server.internal;

import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** What advice calls of Jetty 12. Compiled against, never shipped. */
public abstract class HttpChannelState {

  public abstract Request getRequest();

  public abstract Response getResponse();

  public abstract ConnectionMetaData getConnectionMetaData();
}

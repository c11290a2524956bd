// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.client.transport;

import java.util.Map;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpFields;

/** What advice calls of Jetty 12. Compiled against, never shipped. */
public abstract class HttpRequest implements Request {

  public abstract String getMethod();

  public abstract String getHost();

  public abstract int getPort();

  public abstract String getPath();

  public abstract HttpFields getHeaders();

  public abstract Map<String, Object> getAttributes();

  public abstract Request attribute(String name, Object value);
}

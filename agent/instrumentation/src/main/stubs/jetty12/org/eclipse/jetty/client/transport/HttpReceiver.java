// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.client.transport;

/**
 * What advice calls of Jetty 12, from within: the method is protected there. Compiled against,
 * never shipped.
 */
public abstract class HttpReceiver {

  public abstract HttpExchange getHttpExchange();
}

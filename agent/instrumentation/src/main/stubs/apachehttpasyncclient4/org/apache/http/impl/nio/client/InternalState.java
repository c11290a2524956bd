// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.apache.http.impl.nio.client;

import org.apache.http.client.protocol.HttpClientContext;

/**
 * Not public in HttpAsyncClient, but to the advice in its package. Compiled against, not shipped.
 */
public abstract class InternalState {

  public abstract HttpClientContext getLocalContext();
}

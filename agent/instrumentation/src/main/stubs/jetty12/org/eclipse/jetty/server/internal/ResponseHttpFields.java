// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.server.internal;

import org.eclipse.jetty.http.HttpFields;

/** What advice calls of Jetty 12. Compiled against, never shipped. */
public abstract class ResponseHttpFields {

  public abstract HttpFields.Mutable getMutableHttpFields();
}

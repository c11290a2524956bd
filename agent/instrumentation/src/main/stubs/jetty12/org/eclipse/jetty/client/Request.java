// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.client;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/** What advice calls of Jetty 12. Compiled against, never shipped. */
public interface Request {

  Map<String, Object> getAttributes();

  HttpFields getHeaders();
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.helidon.http;

import io.helidon.common.uri.UriPath;
import io.helidon.common.uri.UriQuery;

/** What advice calls of Helidon 4. Compiled against, never shipped. */
public abstract class HttpPrologue {

  public abstract Method method();

  public abstract UriPath uriPath();

  public abstract UriQuery query();
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.vertx.core.internal;

import java.util.concurrent.ConcurrentMap;

/** Of Vert.x 5, whose other classes have the same names as in Vert.x 4. */
public interface ContextInternal {
  ConcurrentMap<Object, Object> localContextData();
}

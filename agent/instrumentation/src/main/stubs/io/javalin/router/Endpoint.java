// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.javalin.router;

import io.javalin.http.HandlerType;

/** Of Javalin 7. */
public abstract class Endpoint {
  public HandlerType method;
  public String path;
}

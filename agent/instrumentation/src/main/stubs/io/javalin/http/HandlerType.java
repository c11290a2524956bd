// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.javalin.http;

/** Of Javalin 7; before, an enum. */
public abstract class HandlerType {
  public abstract boolean isHttpMethod();
}

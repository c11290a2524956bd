// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package jdk.internal.net.http;

import java.net.http.HttpRequest;

/**
 * What advice calls of the JDK's class of this name, which {@code --release} hides. Compiled
 * against, never shipped; the weaver compares it with the real one before it copies the advice.
 */
public abstract class HttpRequestImpl extends HttpRequest {

  public abstract void setSystemHeader(String name, String value);
}

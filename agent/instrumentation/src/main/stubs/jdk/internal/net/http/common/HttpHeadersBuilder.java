// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package jdk.internal.net.http.common;

import java.util.List;
import java.util.Map;

/**
 * What advice calls of the JDK's class of this name, which {@code --release} hides. Compiled
 * against, never shipped; the weaver compares it with the real one before it copies the advice.
 */
public abstract class HttpHeadersBuilder {

  public abstract Map<String, List<String>> map();

  public abstract void setHeader(String name, String value);
}

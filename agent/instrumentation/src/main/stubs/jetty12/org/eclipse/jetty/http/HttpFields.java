// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.http;

/** What advice calls of Jetty 12; a class in 9.4. Compiled against, never shipped. */
public interface HttpFields {

  String get(String name);

  boolean contains(String name);

  /** Of a response, or of a client's request. */
  interface Mutable extends HttpFields {

    Mutable put(String name, String value);

    Mutable remove(String name);
  }
}

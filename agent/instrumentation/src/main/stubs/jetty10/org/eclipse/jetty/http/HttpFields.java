// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.http;

/** What advice calls of Jetty 10 and 11; a class in 9.4. Compiled against, never shipped. */
public interface HttpFields {

  /** Of a response; an interface in 12. */
  abstract class Mutable implements HttpFields {

    public abstract boolean contains(String name);

    public abstract Mutable put(String name, String value);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.eclipse.jetty.util;

/** What advice calls of Jetty 12; returns nothing in 9.4 to 11. Compiled against, never shipped. */
public interface Attributes {

  Object getAttribute(String name);

  Object setAttribute(String name, Object value);
}

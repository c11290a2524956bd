// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.helidon.http;

/** What advice calls of Helidon 4. Compiled against, never shipped. */
public final class HeaderValues {

  public static native Header create(String name, String value);
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package org.slf4j.event;

/** Of SLF4J 2. */
public class KeyValuePair {

  public final String key;
  public final Object value;

  public KeyValuePair(String key, Object value) {
    this.key = key;
    this.value = value;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.helidon.common.parameters;

/** What advice calls of Helidon 4. Compiled against, never shipped. */
public interface Parameters {

  int size();
}

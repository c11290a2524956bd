// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.picture;

/** Where a panel lies, in columns and rows, as its dashboard's file has it. */
public record Grid(int x, int y, int w, int h) {

  int bottom() {
    return y + h;
  }
}

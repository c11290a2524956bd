// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.picture;

/** A rectangle in pixels. */
record Box(double x, double y, double w, double h) {

  double right() {
    return x + w;
  }

  double bottom() {
    return y + h;
  }

  Box inside(double left, double top, double right, double bottom) {
    return new Box(x + left, y + top, w - left - right, h - top - bottom);
  }
}

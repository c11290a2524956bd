// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.picture;

/** What is inside a panel. */
interface Drawing {

  /** False: the panel says so. */
  boolean hasData();

  void draw(Svg svg, Box box);
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Draws a dashboard as one SVG from what its panels' queries have brought, where the program that
 * would show it cannot be run. {@link io.sonde.dashboards.picture.Picture} is all that a test
 * needs; nothing is drawn that was not given.
 */
@NullMarked
package io.sonde.dashboards.picture;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/** The files as they are committed, and each of their queries on the real store behind it. */
@NullMarked
package io.sonde.dashboards;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/** Questions as targets of Graphite behind statsd. */
@NullMarked
package io.sonde.dashboards.graphite;

import org.jspecify.annotations.NullMarked;

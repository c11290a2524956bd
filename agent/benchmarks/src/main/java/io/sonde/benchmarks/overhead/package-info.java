// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * What an agent costs a real service: fresh JVMs without an agent, with Sonde and with the
 * OpenTelemetry agent, in turns, each exporting to a local sink.
 */
@NullMarked
package io.sonde.benchmarks.overhead;

import org.jspecify.annotations.NullMarked;

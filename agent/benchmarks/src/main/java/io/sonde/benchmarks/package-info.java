// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Runs the benchmarks of the hot path, which stand in the packages of what they measure, and prints
 * a table.
 */
package io.sonde.benchmarks;

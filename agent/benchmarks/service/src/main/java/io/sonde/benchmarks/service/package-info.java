// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/** The services that the overhead benchmark runs with and without agents. */
package io.sonde.benchmarks.service;

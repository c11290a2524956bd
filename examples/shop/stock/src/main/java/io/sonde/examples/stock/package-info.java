// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/** The shop's stock. */
package io.sonde.examples.stock;

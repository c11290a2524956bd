// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/** The shop's orders. */
package io.sonde.examples.orders;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.picture;

/** A name and its number: a bar, or one of a panel's big figures. */
public record Value(String name, double value) {}

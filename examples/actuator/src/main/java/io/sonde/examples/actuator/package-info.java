// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/** Spring Boot Actuator's health and Sonde's, side by side. */
@NullMarked
package io.sonde.examples.actuator;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/** What is promised of every implementation of JAX-RS. */
package io.sonde.agent.instrumentation.jaxrs;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * What the instrumentations of the connection pools have in common: how the facts of a pool are
 * read through its own getters, by name, since Sonde's loader cannot link its classes; and the
 * advice at the end of a connection's use.
 */
package io.sonde.agent.instrumentation.pool;

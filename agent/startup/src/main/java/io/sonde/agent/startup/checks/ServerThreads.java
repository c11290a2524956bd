// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

/** The threads that serve requests, of the busiest server; -1 when nobody tells. */
interface ServerThreads {

  int busy();

  int max();
}

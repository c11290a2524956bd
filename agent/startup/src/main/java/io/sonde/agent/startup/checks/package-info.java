// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * The health questions that need the agent's eyes: requests, pools, delivery. The pipeline's thread
 * writes the windows, the health thread reads what it published.
 */
package io.sonde.agent.startup.checks;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * What a destination has not taken, on disk: a bounded first-in, first-out queue of records that
 * outlives the process. Knows nothing of lines and spans. JDK only.
 */
package io.sonde.agent.spool;

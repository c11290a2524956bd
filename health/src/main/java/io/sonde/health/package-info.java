// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Health questions, their answers and the document that holds them. JDK only, knows no agent,
 * usable as a library.
 *
 * <pre>
 *  health thread, every 2 s                      │ any thread (the server's)
 *  HealthCheck ─▶ Hysteresis ─▶ CheckResult ─────┼─▶ Health.report() ─▶ HealthReport ─▶ JSON
 *  (reads memory only)          (kept by Health) │
 * </pre>
 *
 * An answer is rendered from the last evaluation: a check that is slow, hangs or throws costs only
 * itself. The server is in {@code io.sonde.health.server}.
 */
package io.sonde.health;

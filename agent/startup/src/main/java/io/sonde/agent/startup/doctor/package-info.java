// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * What {@code doctor} finds out about an application, from its files and from what its JVM says:
 * which libraries, what would be woven, which versions are verified. Runs in a JVM of its own;
 * loads no class of the application, and nothing into its process. One thread.
 *
 * <pre>
 *  Archives ─▶ Libraries (which, what version) ─▶ Examination (Verdicts, DryWeaver) ─▶ Report ─▶ page, JSON
 *  RunningJvm (attach: properties only) ─┘                     Probe (one destination) ─┘
 * </pre>
 */
package io.sonde.agent.startup.doctor;

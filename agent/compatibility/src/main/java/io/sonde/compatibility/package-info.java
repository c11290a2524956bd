// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Verified, not claimed: {@link io.sonde.compatibility.Matrix} runs the shipped jar with each
 * version of each library in {@code libraries.txt}, on each JDK that the version runs on, and
 * writes down what held. Everything is seen from outside: sockets, {@code /health}, {@code
 * /sonde/status}, stdout and stderr of a forked JVM.
 *
 * <pre>
 *  libraries.txt ─▶ ClassPaths (Maven) ─▶ ScenarioCompiler ─▶ Trial ─▶ Verdict ─▶ verdicts.tsv
 *                                                              │                  COMPATIBILITY.md
 *                                          ObservedApp + Promises of its Kind
 * </pre>
 */
@NullMarked
package io.sonde.compatibility;

import org.jspecify.annotations.NullMarked;

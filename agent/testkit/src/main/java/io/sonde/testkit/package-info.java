// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * For tests that run what is shipped: a JVM forked with the agent, the real backends beside it.
 *
 * <pre>
 *  the test's JVM                                  a forked JVM, one of 8, 11, 17, 21, 25
 *  AgentProcess ──── starts, reads its output ───▶ the application with sonde-agent.jar
 *  StatsdSink, JsonLinesSink ◀──── sockets ─────────┤
 *  Zipkin, Consul, Elasticsearch … ◀─ real servers ─┘
 * </pre>
 *
 * Everything listens on 127.0.0.1 at a free port, waits for conditions with a deadline, and is gone
 * when it is closed, at the latest when the test's JVM ends. What a machine may lack (a JDK,
 * Consul) is asked for through {@link io.sonde.testkit.Requires}.
 */
package io.sonde.testkit;

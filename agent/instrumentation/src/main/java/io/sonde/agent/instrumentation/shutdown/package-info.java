// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * The JVM's orderly end, Java 8 to 25: {@code ApplicationShutdownHooks.runHooks}, which starts all
 * shutdown hooks of the application and waits for them, on the thread that shuts the JVM down.
 *
 * <p>Its start is where the application begins to drain; its return, normal or not, is the last
 * moment at which everything was observed. A hook of our own would run beside the application's and
 * stop looking while it still drains. Nothing is read or written. {@code Runtime.halt} and a kill
 * pass by here, as they pass every hook.
 */
package io.sonde.agent.instrumentation.shutdown;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Exceptions that end a thread, Java 8 to 25: {@code Thread.dispatchUncaughtException}, which the
 * JVM calls on the dying platform thread, and from 21 on {@code VirtualThread.run} on a virtual
 * one. It is entered before the thread's handler, so that a handler that never returns hides
 * nothing.
 *
 * <p>Read: the thread and the exception. Written: nothing. The handlers of the application run as
 * ever. What the class is loaded for, {@code java.lang.Thread}, cannot be missing, and the advice
 * names nothing but the bridge, so that no class is loaded in it.
 */
package io.sonde.agent.instrumentation.uncaught;

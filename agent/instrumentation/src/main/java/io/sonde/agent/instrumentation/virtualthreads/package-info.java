// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Carries what a thread serves into the virtual threads that it starts, Java 21 and later, however
 * they are made: {@code startVirtualThread}, builders, executors with a thread per task.
 *
 * <p>{@code VirtualThread.start(ThreadContainer)}, on the starting thread, notes the new thread's
 * identity with the exchange; {@code VirtualThread.run(Runnable)}, the first thing that runs on the
 * new one once it is mounted, takes it. Both happen once a thread. Nothing is hooked that happens
 * at a park, and nothing is done at the end: the thread's locals go with it.
 *
 * <p>Read and written: nothing of the thread. Platform threads that are started by hand get no
 * context: see {@code executors}.
 */
package io.sonde.agent.instrumentation.virtualthreads;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Carries what is served into Kotlin's coroutines, kotlinx-coroutines 1.3.9 to 1.11.
 *
 * <pre>
 *  AbstractCoroutine.&lt;init&gt;          launch, async, withContext, runBlocking …: the coroutine gets
 *                                    the exchange of the thread that makes it
 *  DispatchedTask.run                each time that one begins or goes on: in its own exchange, or in
 *                                    none, whatever the thread did; afterwards as before
 *  AbstractCoroutine                 it has ended: what it had is forgotten
 *    .onCompletionInternal
 * </pre>
 *
 * <p>A coroutine belongs to the request that made it, not to the one whose thread wakes it up: the
 * timer after {@code delay}, the sender of a channel, a client's callback. So nothing is carried
 * with the tasks of its dispatcher, and what an executor's hook brings along is replaced.
 *
 * <p>On the threads of the application. Read: the coroutine's {@code Job}. Written: nothing; the
 * bridge keeps coroutines by identity, in a bounded table, and lets go of them with their end, or
 * some time after the request's.
 *
 * <p>Not seen: a coroutine that goes on without being dispatched ({@code Dispatchers.Unconfined},
 * {@code UNDISPATCHED} up to its first suspension) serves what its thread does.
 */
package io.sonde.agent.instrumentation.coroutines;

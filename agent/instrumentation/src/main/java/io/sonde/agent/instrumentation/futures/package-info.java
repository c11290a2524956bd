// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Exceptions that a future keeps and nobody asks for, Java 8 to 25. The bridge is told of the
 * exception and of what keeps it, and of whoever looks at it; what nobody has looked at when the
 * future becomes unreachable, or a minute has passed, is recorded, {@code seenAt} {@code future}.
 *
 * <pre>
 *                        keeps                                    somebody looks
 *  FutureTask            setException                             report; 19: exceptionNow
 *    periodic            runAndReset: the period ends, recorded at once as {@code scheduled}
 *  ForkJoinTask   8, 11  recordExceptionalCompletion              getThrowableException
 *                 17–21  trySetThrown                             getThrowableException
 *                    25  trySetThrown                             getException(boolean)
 *  CompletableFuture     completeThrowable                        reportGet, reportJoin, exceptionNow,
 *                                                                 uniHandle, uniWhenComplete,
 *                                                                 uniExceptionally
 *    exceptionallyCompose, 12 and later                           uniComposeExceptionallyStage,
 *                                                                 UniComposeExceptionally.tryFire
 * </pre>
 *
 * <p>All but the last column's run when a task fails; those compare one number or reference where
 * it has not. On the thread that runs the task, or asks. Read: the exception, and the future's
 * state. Written: nothing.
 *
 * <p><b>Not seen.</b> {@code invokeAll} of an executor asks each of its futures itself, and drops
 * what it hears. A {@code CompletableFuture} that is completed by hand, and one of a subclass, as
 * the JDK's HTTP client's; a function that fails while it is attached, since the stage before it
 * was complete already (Java 9 and later). An action of {@code whenComplete} that fails. Whoever
 * asks after more than a minute was reported.
 */
package io.sonde.agent.instrumentation.futures;

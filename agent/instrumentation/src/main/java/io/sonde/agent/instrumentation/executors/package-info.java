// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Carries what a thread serves into the tasks that it hands to the JDK's executors, Java 8 to 25.
 *
 * <p>Tasks are never wrapped: {@code remove}, {@code getQueue}, priority queues and {@code
 * afterExecute} see the application's own objects. When a task is handed over, the bridge notes its
 * identity with the thread's exchange, in a bounded table, first in first out for one that is
 * handed over several times; where it starts, the note is taken. Without a note it starts in no
 * context, whatever the thread did before. A thread that serves nothing notes nothing.
 *
 * <pre>
 *                          handed over                            starts
 *  ThreadPoolExecutor      execute                                getTask returns it; a worker's
 *                                                                 first: Worker.run
 *    dropped               reject, remove
 *  Scheduled…              delayedExecute, unless periodic        as above
 *  ForkJoinPool     8      externalPush                           ForkJoinTask.doExec
 *                  11, 17  externalSubmit
 *                  21, 25  poolSubmit, externalSubmit
 *  ForkJoinTask            fork, invoke, quietlyInvoke, invokeAll doExec
 *  CompletableFuture 8–21  ThreadPerTaskExecutor.execute          AsyncRun, AsyncSupply,
 *                                                                 Completion.run
 *  Timer                   sched, unless periodic                 TaskQueue.removeMin, on the
 *    dropped               sched throws, TimerTask.cancel         timer's thread; isEmpty: clean
 * </pre>
 *
 * <p><b>Why there.</b> {@code runWorker} is a loop: a frame with advice would stay on each idle
 * worker's stack after a detach. {@code getTask} is called once a task; what it returns starts, and
 * when it is entered the task before is over, {@code afterExecute} included. {@code reject} comes
 * before every policy: what runs on the caller's own thread has its context anyway.
 *
 * <p><b>Fork and join.</b> {@code invoke} runs the task at once and yet through {@code doExec},
 * like an unrelated task that a waiting thread helps with; so it notes its own, and only a foreign
 * one starts clean.
 *
 * <p><b>CompletableFuture.</b> Asynchronous stages are tasks of their executor, handed over by the
 * thread that completes the stage before. On machines with two cores or fewer Java up to 24 makes a
 * thread for each instead of using the common pool. Other stages run where they run: noting a
 * context for each would cost every chain, and chains that are never completed would fill the
 * table.
 *
 * <p><b>Virtual threads</b> are scheduled by a pool and a timer of their own, with a task for each
 * unpark: those are known by their factories' and threads' class and skipped before anything else.
 *
 * <p><b>Not carried:</b> {@code new Thread}: pools, timers, connections and caches start threads
 * lazily, in a request, that outlive it. Periodic tasks, for the same reason. {@code
 * ForkJoinPool.schedule} of 25. A task that is purged or drained leaves its note to age out.
 */
package io.sonde.agent.instrumentation.executors;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to get a connection out of a pool or store, and then whoever holds that connection.
 * Written by the asking thread until it is answered, then handed over through the queue and the
 * {@link HolderTable}, which publish its fields. One object of 56 bytes for all of it.
 */
public final class PoolUse {

  final ConnectionSource source;
  private final long askedNanos;
  private long waitedNanos;
  private boolean timedOut;
  private @Nullable Throwable failure;

  /** On whose behalf; replaced by its route once it is over, so that little is kept for long. */
  private volatile @Nullable Object asker;

  private String threadName = "";

  /** Of the connection, in the {@link HolderTable}. */
  int key;

  PoolUse(ConnectionSource source, @Nullable Exchange exchange, long askedNanos) {
    this.source = source;
    this.asker = exchange;
    this.askedNanos = askedNanos;
  }

  /** For tests of what comes behind the pipeline. */
  public PoolUse(String pool, long waitedNanos, boolean timedOut) {
    this(() -> pool, null, System.nanoTime() - waitedNanos);
    this.waitedNanos = waitedNanos;
    this.timedOut = timedOut;
  }

  /** A failed one, for the same. */
  public PoolUse(String pool, long waitedNanos, Throwable failure) {
    this(pool, waitedNanos, true);
    this.failure = failure;
  }

  void answered(long nowNanos, String thread, @Nullable Throwable thrown) {
    waitedNanos = nowNanos - askedNanos;
    threadName = thread;
    timedOut = thrown != null;
    failure = thrown;
  }

  /** The pool's name, e.g. {@code HikariPool-1}. For Sonde's threads. */
  public String pool() {
    return source.name();
  }

  /** When it began to wait. */
  public long askedNanos() {
    return askedNanos;
  }

  public long waitedNanos() {
    return waitedNanos;
  }

  /** True when no connection was given, in time or at all. */
  public boolean timedOut() {
    return timedOut;
  }

  /** What was thrown instead of a connection. Gone once the pipeline is through with it. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** Name of the thread that asked. */
  public String threadName() {
    return threadName;
  }

  /** Of a connection that is held: since when. */
  public long heldMillis(long nowNanos) {
    return TimeUnit.NANOSECONDS.toMillis(nowNanos - askedNanos - waitedNanos);
  }

  /** Of the request that asked; null when it was none. */
  public @Nullable String route() {
    Object who = asker;
    return who instanceof Exchange ? ((Exchange) who).routeSoFar() : (String) who;
  }

  @Nullable Exchange exchange() {
    Object who = asker;
    return who instanceof Exchange ? (Exchange) who : null;
  }

  /** Lets go of a request that has been over for a while. The pipeline's thread. */
  void settle(long nowNanos, long graceNanos) {
    Exchange exchange = exchange();
    if (exchange != null && exchange.endedBefore(nowNanos, graceNanos)) {
      asker = exchange.routeSoFar();
    }
  }

  /** An exception holds the application's classes. */
  void letGoOfFailure() {
    failure = null;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.recording.AgentLog;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lines to servers that say what they have taken: at least once, in batches, one at a time. A batch
 * is sent until the server has decided on each of its lines; the first server that answers gets
 * them, the next one when it fails.
 *
 * <p>While none does, lines wait on disk where there is a spool. Without one {@link #send} waits,
 * and they stay in the queue in front of it, which sheds and drops by its own rules.
 */
final class AckedSink implements LineSink {

  /** An answer takes a while, however little it answers: larger than where none is waited for. */
  private static final int BATCH_BYTES = 256 * 1024;

  private static final long MAX_BACKOFF_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final long TELL_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long REPLAY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final int RANDOM_BITS = 96;

  private final String name;
  private final List<? extends AckingServer> servers;
  private final SinkSpool spool;
  private final Patience patience = new Patience();

  /** When the attempt under way began; 0: none is. */
  private volatile long attemptSince;

  // The destination's thread only.
  private final Backoff backoff = new Backoff(MAX_BACKOFF_NANOS);
  private int current;
  private int failuresInARow;
  private boolean gaveUp;
  private @Nullable String process;
  private long batches;

  /**
   * @param servers at least one; their {@code toString} is shown
   * @param spool where lines wait that no server takes
   */
  AckedSink(String name, List<? extends AckingServer> servers, SinkSpool spool) {
    this.name = name;
    this.servers = servers;
    this.spool = spool;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int batchBytes() {
    return BATCH_BYTES;
  }

  @Override
  public void send(LineBatch batch, LineTally tally) {
    LineSpool disk = spool.open(tally);
    if (disk == null) {
      OpenLines lines = new OpenLines(nextId(), batch, tally, null);
      attempts(lines, tally, this::mayTry);
      lines.dropAll("shutdown");
      return;
    }
    OpenLines lines = new OpenLines(nextId(), batch, tally, disk.deadLetters());
    if (disk.isEmpty()) {
      attempts(lines, tally, this::mayTryNow);
    }
    if (lines.count() > 0) {
      disk.add(lines);
    }
    replay(disk, tally);
  }

  /** {@link #watch} may have told of a wait that was just over. */
  @Override
  public void idle(LineTally tally) {
    LineSpool disk = spool.open(tally);
    if (disk != null) {
      replay(disk, tally);
    }
    if (failuresInARow == 0) {
      tally.state("up");
    }
  }

  @Override
  public void watch(long nowNanos, LineTally tally) {
    for (AckingServer server : servers) {
      server.watch(nowNanos);
    }
    long since = attemptSince;
    if (since != 0 && nowNanos - since > TELL_WAIT_NANOS) {
      tally.state("down: no answer since " + (nowNanos - since) / 1_000_000_000 + " s");
    }
  }

  @Override
  public void closing(long deadlineNanos) {
    patience.endAt(deadlineNanos);
  }

  @Override
  public void close() {
    for (AckingServer server : servers) {
      server.abort();
    }
    spool.close();
  }

  /** From the disk, in order, for a moment: what comes meanwhile must not fill the queue. */
  private void replay(LineSpool disk, LineTally tally) {
    long end = System.nanoTime() + REPLAY_NANOS;
    while (!patience.isEnding() && backoff.due() && System.nanoTime() - end < 0) {
      OpenLines lines = disk.next();
      if (lines == null) {
        return;
      }
      attempts(lines, tally, this::mayTryNow);
      if (lines.count() > 0) {
        return;
      }
      disk.done();
    }
  }

  /** Until the server has decided on all, or there is to be no further attempt. */
  private void attempts(OpenLines lines, LineTally tally, BooleanSupplier mayTry) {
    int most = lines.count();
    while (lines.count() > 0 && mayTry.getAsBoolean()) {
      most = attempt(lines, most, tally);
    }
  }

  /** Returns how many lines at most to send the next time. */
  private int attempt(OpenLines lines, int most, LineTally tally) {
    try {
      sendTimed(lines, most);
      worked(tally);
      return most;
    } catch (TooMuchException e) {
      if (most == 1) {
        lines.refused(lines.first(1)[0], "too large", "too large");
      }
      return (most + 1) / 2;
    } catch (IOException | RuntimeException e) {
      failed(e, tally);
      return most;
    }
  }

  private void sendTimed(OpenLines lines, int most) throws IOException {
    attemptSince = System.nanoTime() | 1;
    try {
      servers.get(current).send(lines, most);
    } finally {
      attemptSince = 0;
    }
  }

  /** Waits until the next attempt is due. False when no time is left for it. */
  private boolean mayTry() {
    while (!gaveUp && !patience.isEnding() && !backoff.due()) {
      gaveUp = !patience.waitUntil(backoff.dueAt());
    }
    return !gaveUp && patience.millisLeft() > 0;
  }

  /** The same without waiting: the disk is there for that. */
  private boolean mayTryNow() {
    return !gaveUp && backoff.due() && patience.millisLeft() > 0;
  }

  private void worked(LineTally tally) {
    tally.state("up");
    if (failuresInARow > 0) {
      AgentLog.once(name + " back", "logs." + name + ": " + servers.get(current) + " takes lines");
    }
    failuresInARow = 0;
    backoff.reset();
  }

  private void failed(Exception why, LineTally tally) {
    String reason = reason(why);
    tally.state("down: " + reason);
    if (!patience.isEnding()) {
      AgentLog.once(
          name + " down " + (why instanceof RefusedException ? reason : why.getClass()),
          String.format(
              "logs.%s: %s takes no lines (%s); %s, more are dropped and counted",
              name, servers.get(current), reason, spool.bound()));
    }
    current = (current + 1) % servers.size();
    failuresInARow++;
    if (failuresInARow % servers.size() == 0) {
      backoff.failed();
      // One last attempt at each: it may have come up a moment ago.
      gaveUp = patience.isEnding();
    }
  }

  private static String reason(Exception why) {
    return why instanceof IOException && why.getMessage() != null
        ? why.getMessage()
        : AgentLog.brief(why);
  }

  /** No other batch's, of whatever process: a server that has it already knows by it. */
  private String nextId() {
    if (process == null) {
      process = new BigInteger(RANDOM_BITS, new SecureRandom()).toString(Character.MAX_RADIX);
    }
    return process + "-" + Long.toString(batches++, Character.MAX_RADIX);
  }
}

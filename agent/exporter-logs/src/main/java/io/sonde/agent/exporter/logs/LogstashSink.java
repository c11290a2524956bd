// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.recording.AgentLog;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lines to Logstash's TCP input (codec {@code json_lines}), the first address that answers.
 *
 * <p>While none does, {@link #send} waits and lines stay in the queue in front of it, which sheds
 * and drops by its own rules. TCP tells nobody what arrived: when a connection breaks, the lines of
 * the last two seconds, at most 256 KB, may have been lost in kernels on the way, and are sent
 * again from the first whole one on. So a line may arrive twice, but is not lost silently.
 */
final class LogstashSink implements LineSink {

  /** What may be lost on the way: the two kernels' buffers, and a peer that reads slowly. */
  private static final int RESEND_BYTES = 256 * 1024;

  private static final long RESEND_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A connection that broke sooner counts as a failed attempt: some accept only to close. */
  private static final long PROVEN_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long FIRST_BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long MAX_BACKOFF_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** A write that takes longer may be to a host that is gone. Doubled each time it was in vain. */
  private static final long FIRST_STALL_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long MAX_STALL_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final long TELL_STALL_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final List<LogstashAddress> addresses;
  private final LogstashSockets sockets;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile long deadlineNanos;
  private volatile @Nullable LogstashConnection connection;
  private volatile long stallNanos = FIRST_STALL_NANOS;

  // The destination's thread only.
  private final Deque<LineChunk> unsent = new ArrayDeque<>();
  private final Deque<LineChunk> recent = new ArrayDeque<>();
  private int recentBytes;
  private int next;
  private int failures;
  private long retryAt = System.nanoTime();
  private long connectedAt;

  /** When what is done with the connection began: it was not known to be broken before. */
  private long lastGoodAt;

  private boolean gaveUp;

  LogstashSink(List<LogstashAddress> addresses, LogstashSockets sockets) {
    this.addresses = addresses;
    this.sockets = sockets;
  }

  @Override
  public String name() {
    return "logstash";
  }

  @Override
  public void send(LineBatch batch, LineTally tally) {
    unsent.add(new LineChunk(batch));
    sendAll(tally);
  }

  /** Connects early, so that a wrong address is told at start; notices when the peer has closed. */
  @Override
  public void idle(LineTally tally) {
    LogstashConnection current = connection;
    if (current == null) {
      if (!isClosing() && System.nanoTime() - retryAt >= 0) {
        connect(tally);
      }
    } else {
      try {
        lastGoodAt = System.nanoTime();
        current.failIfEnded();
      } catch (IOException e) {
        broke(e, tally);
      }
    }
    if (!unsent.isEmpty()) {
      sendAll(tally);
    }
  }

  @Override
  public void watch(long nowNanos, LineTally tally) {
    LogstashConnection current = connection;
    long stalled = current == null ? 0 : current.stalledNanos(nowNanos);
    if (stalled > TELL_STALL_NANOS) {
      tally.state("down: does not read since " + stalled / 1_000_000_000 + " s");
    }
    if (stalled > stallNanos) {
      stallNanos = Math.min(2 * stallNanos, MAX_STALL_NANOS);
      current.abort();
    }
  }

  @Override
  public void closing(long deadline) {
    deadlineNanos = deadline;
    closing.countDown();
  }

  @Override
  public void close() {
    LogstashConnection current = connection;
    if (current != null) {
      current.close();
    }
  }

  private void sendAll(LineTally tally) {
    while (!unsent.isEmpty()) {
      if (!connected(tally)) {
        dropUnsent(tally);
        return;
      }
      try {
        LineChunk chunk = unsent.peek();
        lastGoodAt = System.nanoTime();
        connection.write(chunk.bytes());
        unsent.remove();
        chunk.sent(tally);
        remember(chunk);
        worked(tally);
      } catch (IOException e) {
        broke(e, tally);
      }
    }
  }

  /** Waits for a connection. False when there is none and no time left to wait for one. */
  private boolean connected(LineTally tally) {
    while (connection == null && !gaveUp) {
      if (isClosing()) {
        // One last attempt: it may have come up a moment ago.
        gaveUp = millisLeft() <= 0 || !connect(tally);
      } else if (System.nanoTime() - retryAt >= 0) {
        connect(tally);
      } else {
        waitForRetry();
      }
    }
    return connection != null && millisLeft() > 0;
  }

  /** Tries each address once. */
  private boolean connect(LineTally tally) {
    IOException last = null;
    for (int i = 0; i < addresses.size(); i++) {
      LogstashAddress address = addresses.get(next);
      try {
        connection = sockets.connect(address, millisLeft());
        connectedAt = System.nanoTime();
        tally.state("up");
        tellBack(address);
        return true;
      } catch (IOException | RuntimeException e) {
        last = e instanceof IOException ? (IOException) e : new IOException(e);
        next = (next + 1) % addresses.size();
      }
    }
    down(last, tally);
    return false;
  }

  private void tellBack(LogstashAddress address) {
    if (failures > 0) {
      AgentLog.once("logstash back", "logs.logstash: connected to " + address);
    }
  }

  private void down(IOException why, LineTally tally) {
    backOff();
    tally.state("down: " + why.getMessage());
    AgentLog.once(
        "logstash down",
        String.format(
            "logs.logstash: %s cannot be reached (%s); %d lines wait, more are dropped and counted",
            addresses, why.getMessage(), LogDestination.QUEUE_LINES));
  }

  /** Jitter, since a fleet of agents must not knock at the same moment. */
  private void backOff() {
    long most = Math.min(MAX_BACKOFF_NANOS, FIRST_BACKOFF_NANOS << Math.min(failures, 10));
    retryAt = System.nanoTime() + (long) (most * ThreadLocalRandom.current().nextDouble(0.8, 1));
    failures++;
  }

  private void worked(LineTally tally) {
    stallNanos = FIRST_STALL_NANOS;
    tally.state("up");
  }

  /** What may be lost in kernels goes out again, in its order, before anything else. */
  private void broke(IOException why, LineTally tally) {
    LogstashConnection current = connection;
    if (current != null) {
      current.abort();
    }
    connection = null;
    if (System.nanoTime() - connectedAt > PROVEN_NANOS) {
      failures = 0;
    } else {
      backOff();
    }
    // The next address: this one may accept connections only to drop them.
    next = (next + 1) % addresses.size();
    forgetOld(lastGoodAt);
    while (!recent.isEmpty()) {
      LineChunk chunk = recent.removeLast();
      chunk.recalled(tally);
      unsent.addFirst(chunk);
    }
    recentBytes = 0;
    tally.state("down: " + why.getMessage());
    AgentLog.once(
        "logstash broke",
        "logs.logstash: connection lost (" + why.getMessage() + "); its last lines are sent again");
  }

  private void remember(LineChunk chunk) {
    recent.add(chunk);
    recentBytes += chunk.bytes().length;
    forgetOld(chunk.sentNanos());
  }

  private void forgetOld(long now) {
    long oldest = now - RESEND_NANOS;
    while (!recent.isEmpty()
        && (recentBytes > RESEND_BYTES || recent.peek().sentNanos() - oldest < 0)) {
      recentBytes -= recent.remove().bytes().length;
    }
  }

  private void dropUnsent(LineTally tally) {
    for (LineChunk chunk = unsent.poll(); chunk != null; chunk = unsent.poll()) {
      chunk.dropped(tally, "shutdown");
    }
  }

  private void waitForRetry() {
    try {
      closing.await(Math.max(1, retryAt - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread but to end it.
      gaveUp = true;
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private int millisLeft() {
    return isClosing()
        ? (int) Math.max(0, (deadlineNanos - System.nanoTime()) / 1_000_000)
        : Integer.MAX_VALUE;
  }
}

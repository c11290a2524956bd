// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import io.sonde.agent.recording.AgentLog;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lines to Logstash's TCP input (codec {@code json_lines}): the first address that answers, or all
 * that do by turns.
 *
 * <p>While none does, {@link #send} waits and lines stay in the queue in front of it, which sheds
 * and drops by its own rules. TCP tells nobody what arrived: when a connection breaks, the lines of
 * the last two seconds, at most 512 KB, may have been lost in kernels on the way, and are sent
 * again from the first whole one on. So a line may arrive twice, but is not lost silently.
 */
final class LogstashSink implements LineSink {

  private static final long MAX_BACKOFF_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int MAX_FAILURES_WHEN_ACCEPTED = 2;
  private static final long REPLAY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long TELL_STALL_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final List<LogstashRoute> routes = new ArrayList<>();
  private final boolean byTurns;
  private final SinkSpool spool;
  private final Patience patience = new Patience();

  // The destination's thread only.
  private final Deque<LineChunk> unsent = new ArrayDeque<>();
  private final Backoff backoff = new Backoff(MAX_BACKOFF_NANOS);
  private int next;
  private boolean gaveUp;

  /**
   * @param byTurns a batch to each in turn, instead of all to one
   * @param spool where lines wait while no address answers
   */
  LogstashSink(
      List<LogstashAddress> addresses, LogstashSockets sockets, boolean byTurns, SinkSpool spool) {
    for (LogstashAddress address : addresses) {
      routes.add(new LogstashRoute(address, sockets));
    }
    this.byTurns = byTurns;
    this.spool = spool;
  }

  @Override
  public String name() {
    return "logstash";
  }

  @Override
  public void send(LineBatch batch, LineTally tally) {
    LineSpool disk = spool.open(tally);
    if (disk != null && (!disk.isEmpty() || !connectedNow(tally))) {
      disk.add(new OpenLines("", batch, tally, null));
      replay(disk, tally);
      return;
    }
    unsent.add(new LineChunk(batch));
    sendAll(tally);
  }

  /** Connects early, so that a wrong address is told at start; notices when a peer has closed. */
  @Override
  public void idle(LineTally tally) {
    if (connected() == null && !patience.isEnding() && backoff.due()) {
      connect(tally);
    }
    reconnectOthers(tally);
    for (LogstashRoute route : routes) {
      if (route.isConnected()) {
        try {
          route.failIfEnded();
        } catch (IOException e) {
          broke(route, e, tally);
        }
      }
    }
    if (!unsent.isEmpty()) {
      sendAll(tally);
    }
    LineSpool disk = spool.open(tally);
    if (disk != null) {
      replay(disk, tally);
    }
  }

  @Override
  public void watch(long nowNanos, LineTally tally) {
    for (LogstashRoute route : routes) {
      long stalled = route.watch(nowNanos);
      if (stalled > TELL_STALL_NANOS) {
        tally.state("down: does not read since " + stalled / 1_000_000_000 + " s");
      }
    }
  }

  @Override
  public void closing(long deadlineNanos) {
    patience.endAt(deadlineNanos);
  }

  @Override
  public void close() {
    // All first: each may take a while to read what it has got.
    routes.forEach(LogstashRoute::finish);
    routes.forEach(LogstashRoute::close);
    spool.close();
  }

  private boolean connectedNow(LineTally tally) {
    return connected() != null || backoff.due() && connect(tally);
  }

  /** From the disk, in order, for a moment: what comes meanwhile must not fill the queue. */
  private void replay(LineSpool disk, LineTally tally) {
    long end = System.nanoTime() + REPLAY_NANOS;
    while (unsent.isEmpty() && connected() != null && System.nanoTime() - end < 0) {
      OpenLines lines = disk.next();
      if (lines == null) {
        return;
      }
      lines.unspooled();
      unsent.add(new LineChunk(lines));
      sendAll(tally);
      disk.done();
    }
  }

  private void sendAll(LineTally tally) {
    while (!unsent.isEmpty()) {
      LogstashRoute route = await(tally);
      if (route == null) {
        if (!spool.isOpen() || patience.isEnding()) {
          dropUnsent(tally);
        }
        return;
      }
      try {
        LineChunk chunk = unsent.peek();
        route.write(chunk);
        unsent.remove();
        chunk.sent(tally);
        route.wrote(chunk);
        tally.state(state());
        next = (routes.indexOf(route) + (byTurns ? 1 : 0)) % routes.size();
      } catch (IOException e) {
        broke(route, e, tally);
      }
    }
  }

  /**
   * Waits for a connection, but where lines wait on disk. Null when there is none and no time left
   * to wait for one.
   */
  private @Nullable LogstashRoute await(LineTally tally) {
    reconnectOthers(tally);
    while (connected() == null && !gaveUp) {
      if (patience.isEnding()) {
        // One last attempt: it may have come up a moment ago.
        gaveUp = patience.millisLeft() <= 0 || !connect(tally);
      } else if (backoff.due()) {
        connect(tally);
      } else if (spool.isOpen()) {
        return null;
      } else {
        gaveUp = !patience.waitUntil(backoff.dueAt());
      }
    }
    return patience.millisLeft() > 0 ? connected() : null;
  }

  /** The one whose turn it is, or the next that is connected. */
  private @Nullable LogstashRoute connected() {
    for (int i = 0; i < routes.size(); i++) {
      LogstashRoute route = routes.get((next + i) % routes.size());
      if (route.isConnected()) {
        return route;
      }
    }
    return null;
  }

  /** Tries each address once. */
  private boolean connect(LineTally tally) {
    IOException last = null;
    for (int i = 0; i < routes.size(); i++) {
      LogstashRoute route = routes.get(next);
      try {
        route.connect(patience.millisLeft());
        tally.state(state());
        if (backoff.failures() > 0) {
          AgentLog.once("logstash back", "logs.logstash: connected to " + route);
        }
        return true;
      } catch (IOException | RuntimeException e) {
        last = e instanceof IOException ? (IOException) e : new IOException(e);
        next = (next + 1) % routes.size();
      }
    }
    down(last, tally);
    return false;
  }

  /** While one serves, the others are looked for now and then. */
  private void reconnectOthers(LineTally tally) {
    if (!byTurns || connected() == null || patience.isEnding()) {
      return;
    }
    for (LogstashRoute route : routes) {
      if (route.worthATry()) {
        try {
          route.connect(patience.millisLeft());
          tally.state(state());
        } catch (IOException | RuntimeException e) {
          AgentLog.once(
              "logstash one down " + route,
              "logs.logstash: "
                  + route
                  + " cannot be reached ("
                  + e.getMessage()
                  + "); the others get its share");
        }
      }
    }
  }

  private String state() {
    long up = routes.stream().filter(LogstashRoute::isConnected).count();
    return byTurns && up < routes.size() ? "up: " + up + " of " + routes.size() : "up";
  }

  private void down(IOException why, LineTally tally) {
    backoff.failed();
    tally.state("down: " + why.getMessage());
    AgentLog.once(
        "logstash down",
        String.format(
            "logs.logstash: %s cannot be reached (%s); %s, more are dropped and counted",
            routes, why.getMessage(), spool.bound()));
  }

  private void broke(LogstashRoute route, IOException why, LineTally tally) {
    if (route.broke(unsent, tally)) {
      backoff.reset();
    } else {
      // Somebody is there: soon again.
      backoff.atMost(MAX_FAILURES_WHEN_ACCEPTED);
      backoff.failed();
    }
    // The next address: this one may accept connections only to drop them.
    next = (routes.indexOf(route) + 1) % routes.size();
    tally.state(connected() == null ? "down: " + why.getMessage() : state());
    if (!patience.isEnding()) {
      AgentLog.once(
          "logstash broke",
          "logs.logstash: connection lost ("
              + why.getMessage()
              + "); what it brought last is sent again");
    }
  }

  private void dropUnsent(LineTally tally) {
    for (LineChunk chunk = unsent.poll(); chunk != null; chunk = unsent.poll()) {
      chunk.dropped(tally, "shutdown");
    }
  }
}

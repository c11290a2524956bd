// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.LiveTable;
import io.sonde.agent.recording.ReplayedExchange;
import io.sonde.agent.recording.ServerTable;
import io.sonde.health.CheckResult;
import io.sonde.health.HealthCheck;
import io.sonde.health.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The agent's request checks on a clock that stands still until it is moved. */
final class Replay {

  private static final long SECOND = 1_000_000_000L;
  private static final long STEP = SECOND / 10;
  private static final long TICK = 2 * SECOND;

  private final AtomicLong now = new AtomicLong(5 * SECOND);
  private final long origin = now.get();
  private final RequestWindows windows = new RequestWindows(now::get);
  private final LiveTable live = new LiveTable();
  private final List<ReplayedExchange> stuck = new ArrayList<>();
  private final Map<String, Double> values = new HashMap<>(TestThresholds.DEFAULTS);
  private Thresholds thresholds = TestThresholds.of(values);
  private long lastCompleted = now.get();
  private long nextTick = now.get();
  private boolean upToDate = true;
  private int busy = -1;
  private int maxThreads = -1;
  private double perSecond;
  private double millis;
  private double failing;
  private double due;
  private long sent;
  private double cause;
  private double gone;

  private final Traffic traffic = new Traffic(live, () -> lastCompleted, () -> upToDate, now::get);
  private final ServerThreads threads =
      new ServerThreads() {
        @Override
        public int busy() {
          return busy;
        }

        @Override
        public int max() {
          return maxThreads;
        }
      };
  private final Signal connections =
      new Signal(
          new ConnectionsCheck(
              new StuckRequests(traffic, threads, () -> thresholds),
              new ServerLoad(new ServerTable(), () -> thresholds)));
  private final Signal responseTime =
      new Signal(new ResponseTimeCheck(windows, traffic, () -> thresholds, now::get));
  private final Signal badRequests =
      new Signal(new BadRequestsCheck(windows, () -> thresholds, now::get));

  Replay load(double newPerSecond, double newMillis) {
    perSecond = newPerSecond;
    millis = newMillis;
    return this;
  }

  Replay failing(double share) {
    failing = share;
    return this;
  }

  Replay stick(int requests) {
    for (int i = 0; i < requests; i++) {
      stuck.add(ReplayedExchange.of("", now.get()).unsettled("/stuck/4711").enter(live));
    }
    return this;
  }

  Replay release() {
    for (ReplayedExchange exchange : stuck) {
      exchange.leave(live);
    }
    stuck.clear();
    return this;
  }

  Replay threads(int newBusy, int newMax) {
    busy = newBusy;
    maxThreads = newMax;
    return this;
  }

  Replay upToDate(boolean newUpToDate) {
    upToDate = newUpToDate;
    return this;
  }

  Replay threshold(String key, double value) {
    values.put(key, value);
    thresholds = TestThresholds.of(values);
    return this;
  }

  Replay run(double seconds) {
    long end = now.get() + (long) (seconds * SECOND);
    while (now.get() < end) {
      now.addAndGet(STEP);
      for (due += perSecond / 10; due >= 1; due--) {
        complete();
      }
      if (now.get() >= nextTick) {
        nextTick += TICK;
        connections.tick();
        responseTime.tick();
        badRequests.tick();
      }
    }
    return this;
  }

  private void complete() {
    long nanos = (long) (millis * 1_000_000);
    int status = (sent++ % 100) < failing * 100 ? 500 : 200;
    windows.add(ReplayedExchange.of("/a", now.get() - nanos).took(nanos).status(status).get());
    lastCompleted = now.get();
  }

  double seconds() {
    return (now.get() - origin) / 1e9;
  }

  void causeIsNow() {
    cause = seconds();
  }

  double cause() {
    return cause;
  }

  void goneIsNow() {
    gone = seconds();
  }

  double gone() {
    return gone;
  }

  Signal connections() {
    return connections;
  }

  Signal responseTime() {
    return responseTime;
  }

  Signal badRequests() {
    return badRequests;
  }

  /** One check and its transitions. */
  final class Signal {

    private record Transition(double seconds, Status to) {}

    private final HealthCheck check;
    private final List<Transition> transitions = new ArrayList<>();
    private Status status = Status.PASS;
    private String output = "";
    private int expected;

    Signal(HealthCheck check) {
      this.check = check;
    }

    void tick() {
      try {
        CheckResult result = check.check();
        if (result.status() != status) {
          status = result.status();
          output = String.valueOf(result.output());
          transitions.add(new Transition(seconds(), status));
        }
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    /** The next transition, and that it came no later than so many seconds after its cause. */
    Signal expect(Status to, double causeSeconds, double within) {
      assertThat(transitions).as("transitions").hasSizeGreaterThan(expected);
      Transition next = transitions.get(expected++);
      assertThat(next.to).isEqualTo(to);
      assertThat(next.seconds - causeSeconds)
          .as("seconds until %s in %s", to, transitions)
          .isBetween(0.0, within);
      return this;
    }

    void noMore() {
      assertThat(transitions).hasSize(expected);
    }

    int count() {
      return transitions.size();
    }

    Status last() {
      return status;
    }

    String output() {
      return output;
    }
  }
}

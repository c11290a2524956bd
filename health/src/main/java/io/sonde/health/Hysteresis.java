// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Turns a measured value, once a tick, into a status that does not flap. More is worse.
 *
 * <pre>
 *   enter ─ ─ ─ ─ ─ ╭──────╮ ─ ─ ─ ─ ─ ─ ─     worse after 3 ticks at or above it
 *                ╭──╯      ╰──╮
 *   leave ─ ─ ─ ─│─ ─ ─ ─ ─ ─ ─╰──────── ─     better after 8 ticks below it, and 20 s at least
 *            ────╯             ╰──────────
 *   status   pass   │ warn            │ pass
 * </pre>
 *
 * <ul>
 *   <li>Ticks must follow one another: one good tick begins the count of the bad ones anew.
 *   <li>Bad news is not held up by the dwell time, good news is; and better goes one step at a
 *       time.
 *   <li>Too few samples are no evidence of anything bad: they count as a good tick, so that a
 *       service without traffic decays to pass. A caller that knows better (requests in flight, and
 *       none completes) passes NaN, which holds the status as it is, or says so as a fact.
 *   <li>More than 4 changes in 10 minutes is flapping: the status then stays at warn until they are
 *       fewer.
 *   <li>It stops at warn unless {@link Builder#failAbove} was called: the same slow database must
 *       not take every instance out of service.
 * </ul>
 *
 * Hard facts bypass all of it: {@code Status.worst(hysteresis.tick(…), deadlocked ? FAIL : PASS)}.
 *
 * <p>{@link #tick} by one thread, the rest from any. Time is passed in, as {@link System#nanoTime}.
 */
public final class Hysteresis {

  private final Supplier<Builder> source;
  private final Changes changes = new Changes();
  private Builder settings;
  private volatile Status status = Status.PASS;
  private volatile long sinceNanos;
  private volatile boolean flapping;
  private boolean started;
  private int badTicks;
  private int goodTicks;
  private Status mildest = Status.FAIL;

  private Hysteresis(Supplier<Builder> source) {
    this.source = source;
    this.settings = source.get();
  }

  /**
   * @param enter a value from here on is bad
   * @param leave a value below this is good again; at most {@code enter}
   */
  public static Builder warnAbove(double enter, double leave) {
    return new Builder(enter, leave);
  }

  /**
   * One whose thresholds may change while it runs. What has been counted stays; a tick goes by the
   * thresholds of its moment.
   *
   * @param settings asked once a tick; what it returns must not be changed any more
   */
  public static Hysteresis following(Supplier<Builder> settings) {
    return new Hysteresis(settings);
  }

  /**
   * Takes the value of this tick.
   *
   * @param value NaN when nothing can be said: the status and all counts stay
   * @param samples that the value was made of; {@code Long.MAX_VALUE} for a plain reading
   * @return the status from now on
   */
  public Status tick(double value, long samples, long nowNanos) {
    if (!started) {
      started = true;
      sinceNanos = nowNanos;
    }
    settings = source.get();
    flapping = isFlapping(nowNanos);
    if (Double.isNaN(value)) {
      return status;
    }
    Status wanted = samples < settings.minimumSamples ? Status.PASS : wanted(value);
    if (wanted.worseThan(status)) {
      worsen(wanted, nowNanos);
    } else if (status.worseThan(wanted)) {
      recover(nowNanos);
    } else {
      forget();
    }
    return status;
  }

  /** What the last tick returned; {@link Status#PASS} before the first. */
  public Status status() {
    return status;
  }

  /** When the status was entered; of no meaning before the first tick. */
  public long sinceNanos() {
    return sinceNanos;
  }

  /** False while ticks are counted that may lead to another status. Of the thread that ticks. */
  public boolean settled() {
    return badTicks == 0 && goodTicks == 0;
  }

  /** True when the status is held because it has changed too often. */
  public boolean flapping() {
    return flapping;
  }

  private Status wanted(double value) {
    if (value >= (status == Status.FAIL ? settings.failLeave : settings.failEnter)) {
      return Status.FAIL;
    }
    if (value >= (status == Status.PASS ? settings.warnEnter : settings.warnLeave)) {
      return Status.WARN;
    }
    return Status.PASS;
  }

  private void worsen(Status wanted, long nowNanos) {
    goodTicks = 0;
    // Two ticks of warn and one of fail are three of warn, not of fail.
    mildest = mildest.worseThan(wanted) ? wanted : mildest;
    if (++badTicks >= settings.worsenTicks) {
      enter(mildest, nowNanos);
    }
  }

  private void recover(long nowNanos) {
    badTicks = 0;
    mildest = Status.FAIL;
    goodTicks = Math.min(goodTicks + 1, settings.recoverTicks);
    boolean held = flapping && status == Status.WARN;
    if (goodTicks == settings.recoverTicks
        && nowNanos - sinceNanos >= settings.dwellNanos
        && !held) {
      enter(status == Status.FAIL ? Status.WARN : Status.PASS, nowNanos);
    }
  }

  private void enter(Status next, long nowNanos) {
    status = next;
    sinceNanos = nowNanos;
    changes.add(nowNanos);
    flapping = isFlapping(nowNanos);
    forget();
  }

  private boolean isFlapping(long nowNanos) {
    return changes.within(settings.flapWindowNanos, nowNanos) > settings.flapChanges;
  }

  private void forget() {
    badTicks = 0;
    goodTicks = 0;
    mildest = Status.FAIL;
  }

  /** Thresholds and counts. May be used for several signals. */
  public static final class Builder {

    private final double warnEnter;
    private final double warnLeave;
    // NaN is never reached, not even by an infinite value.
    private double failEnter = Double.NaN;
    private double failLeave = Double.NaN;
    private int worsenTicks = 3;
    private int recoverTicks = 8;
    private long minimumSamples = 20;
    private long dwellNanos = Duration.ofSeconds(20).toNanos();
    private int flapChanges = 4;
    private long flapWindowNanos = Duration.ofMinutes(10).toNanos();

    private Builder(double enter, double leave) {
      warnEnter = enter;
      warnLeave = Math.min(enter, leave);
    }

    /** Opt-in: from {@code enter} on it is a failure, until it is below {@code leave}. */
    public Builder failAbove(double enter, double leave) {
      failEnter = enter;
      failLeave = Math.min(enter, leave);
      return this;
    }

    /** How many bad ticks in a row make it worse; 3. */
    public Builder worsenAfter(int ticks) {
      worsenTicks = Math.max(1, ticks);
      return this;
    }

    /** How many good ticks in a row make it one step better; 8. */
    public Builder recoverAfter(int ticks) {
      recoverTicks = Math.max(1, ticks);
      return this;
    }

    /** Fewer samples than these say nothing bad; 20. */
    public Builder minimumSamples(long samples) {
      minimumSamples = samples;
      return this;
    }

    /** How long a status stays at least before it becomes better; 20 s. */
    public Builder dwell(Duration atLeast) {
      dwellNanos = atLeast.toNanos();
      return this;
    }

    /** More changes than these within the window are flapping; 4 in 10 minutes. */
    public Builder flapping(int moreThanChanges, Duration window) {
      flapChanges = moreThanChanges;
      flapWindowNanos = window.toNanos();
      return this;
    }

    public Hysteresis build() {
      Builder fixed = copy();
      return new Hysteresis(() -> fixed);
    }

    private Builder copy() {
      Builder copy = new Builder(warnEnter, warnLeave);
      copy.failEnter = failEnter;
      copy.failLeave = failLeave;
      copy.worsenTicks = worsenTicks;
      copy.recoverTicks = recoverTicks;
      copy.minimumSamples = minimumSamples;
      copy.dwellNanos = dwellNanos;
      copy.flapChanges = flapChanges;
      copy.flapWindowNanos = flapWindowNanos;
      return copy;
    }
  }
}

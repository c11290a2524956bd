// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The checks of one service and what they last said.
 *
 * <p>Asks them on one thread of its own ({@link #start}). Reports are rendered from the last
 * answers and never wait for a check. Any thread may call anything here; nothing blocks.
 */
public final class Health implements AutoCloseable {

  private static final int MAX_CHECKS = 256;
  // More threads than these are not given up to checks that hang; then the rest goes stale, and the
  // report says so.
  private static final int MAX_HANGING = 8;
  private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long HISTORY_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final Health SHARED = new Health();

  private final LongSupplier nanoTime;
  private final List<RegisteredCheck> checks = new CopyOnWriteArrayList<>();
  private final Changes changes = new Changes();

  private volatile Service service = Service.named("unknown");
  private volatile boolean started;
  private volatile boolean stopping;

  private volatile @Nullable Ticker ticker;
  private volatile long lastTickNanos;
  private @Nullable ThreadFactory threads;
  private boolean closed;

  private volatile BooleanSupplier quiet = () -> false;
  private volatile StatusListener listener = (now, before) -> {};
  private volatile Map<String, Status> statuses = Collections.emptyMap();
  private final Transitions transitions = new Transitions();

  // Guarded by changes.
  private Status lastStatus = Status.PASS;
  private long lastStatusNanos;

  public Health() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  public Health(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastStatusNanos = nanoTime.getAsLong();
  }

  /**
   * Adds one of the application's own checks to {@link #shared}: the library's door. Where the
   * agent is attached, it serves the check too.
   *
   * @see #add
   */
  public static boolean register(String name, HealthCheck check) {
    RegisteredCheck registered = new RegisteredCheck(name, check);
    boolean added = SHARED.add(registered);
    if (added) {
      exported(name, registered);
    }
    return added;
  }

  /** Takes a check of {@link #register} away again. */
  public static void unregister(String name) {
    for (RegisteredCheck check : SHARED.checks) {
      if (check.name().equals(name)) {
        withdrawn(check);
      }
    }
    SHARED.remove(name);
  }

  /**
   * Does nothing: an agent hooks it. What it is given is JDK types, so that it reaches a copy of
   * this library in another class loader; it lives as long as the check is registered.
   */
  private static void exported(String name, Supplier<List<Map<String, Object>>> check) {}

  /** Does nothing: an agent hooks it. */
  private static void withdrawn(Supplier<List<Map<String, Object>>> check) {}

  /** The one that {@link #register} fills. Not started by itself. */
  public static Health shared() {
    return SHARED;
  }

  /**
   * Adds a check, asked within milliseconds for the first time; replaces the one of the same name.
   *
   * @param name as in {@code /health/<name>}; best the key of its result
   * @return false when there are 256 already: then it is not added
   */
  public boolean add(String name, HealthCheck check) {
    return add(new RegisteredCheck(name, check));
  }

  private boolean add(RegisteredCheck check) {
    synchronized (checks) {
      remove(check.name());
      if (checks.size() >= MAX_CHECKS) {
        return false;
      }
      checks.add(check);
    }
    Ticker current = ticker;
    if (current != null) {
      current.wake();
    }
    return true;
  }

  public void remove(String name) {
    synchronized (checks) {
      checks.removeIf(check -> check.name().equals(name));
    }
  }

  /** True when a check of this name was added. */
  public boolean contains(String name) {
    for (RegisteredCheck check : checks) {
      if (check.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Whose health it is. May be told again when more is known. */
  public void service(Service newService) {
    service = newService;
  }

  public Service service() {
    return service;
  }

  /** The application accepts requests: ready, and started for good. */
  public void started() {
    started = true;
  }

  /** The application is going down: not ready any more. */
  public void stopping() {
    stopping = true;
  }

  /** Who is told of each change of a check's status; one at a time, the last one counts. */
  public void onChange(StatusListener newListener) {
    listener = newListener;
  }

  /**
   * Lets the checks be asked every 5 s instead of every 2 while all pass, all are {@linkplain
   * HealthCheck#settled settled}, and the caller says that nothing goes on. Never by default.
   *
   * @param newQuiet asked on the health thread after a tick; memory only
   */
  public void restWhen(BooleanSupplier newQuiet) {
    quiet = newQuiet;
  }

  /** The worst status of each key at the last tick. Immutable. */
  public Map<String, Status> statuses() {
    return statuses;
  }

  /** Begins to ask. The factory is also used for a thread that replaces one stuck in a check. */
  public synchronized void start(ThreadFactory newThreads) {
    if (ticker == null && !closed) {
      threads = newThreads;
      lastTickNanos = nanoTime.getAsLong();
      startTicker(newThreads);
    }
  }

  /** Ends the thread. The last answers stay. */
  @Override
  public synchronized void close() {
    closed = true;
    Ticker current = ticker;
    if (current != null) {
      current.retire();
    }
  }

  /** All checks. */
  public HealthReport report() {
    watch();
    return new HealthReport(service, answers(), notes(), null);
  }

  /**
   * What one check answers to a question with parameters; null when there is no such check, or they
   * mean nothing to it.
   *
   * @param name of the check, which is its key as a rule
   * @throws java.util.NoSuchElementException see {@link HealthCheck#answer}
   * @throws IllegalArgumentException see {@link HealthCheck#answer}
   */
  public @Nullable HealthReport answer(String name, Map<String, String> parameters) {
    for (RegisteredCheck check : checks) {
      if (check.name().equals(name) && !check.hanging()) {
        CheckResult result = check.check().answer(parameters);
        if (result != null) {
          HealthReport.Answer answer = new HealthReport.Answer(name, result, 0, check.liveness());
          return new HealthReport(service, Collections.singletonList(answer), notes(), null);
        }
      }
    }
    return null;
  }

  /** Those checks whose failure only a restart mends. */
  public HealthReport live() {
    return report().liveness();
  }

  /** Whether to send requests here: started and not stopping. Looks at no check. */
  public HealthReport ready() {
    String reason = stopping ? "stopping" : started ? null : "starting";
    return HealthReport.fact(service, reason);
  }

  /** Whether it has started once. Looks at no check. */
  public HealthReport startup() {
    return HealthReport.fact(service, started ? null : "starting");
  }

  /** A failure by itself, whatever the checks say. */
  public HealthReport failing(String reason) {
    return HealthReport.fact(service, reason);
  }

  /**
   * Replaces the health thread when it hangs in a check or has died. Cheap; called by every report
   * and, so that nobody has to ask, by the server every 5 s.
   */
  public void watch() {
    Ticker current = ticker;
    if (current == null) {
      return;
    }
    current.giveUpWhenStuck();
    if (current.over()) {
      replace(current);
    }
  }

  /** One round on the caller's thread, for tests. Returns whether the next may be late. */
  boolean tick() {
    return new Ticker(checks, nanoTime, this::ticked).tick();
  }

  private synchronized void replace(Ticker old) {
    ThreadFactory factory = threads;
    if (closed || ticker != old || factory == null || hanging() >= MAX_HANGING) {
      return;
    }
    try {
      startTicker(factory);
    } catch (Throwable t) {
      // No thread to be had: the next watch tries again, meanwhile the report says "stale".
    }
  }

  private void startTicker(ThreadFactory factory) {
    Ticker next = new Ticker(checks, nanoTime, this::ticked);
    next.start(factory);
    ticker = next;
  }

  private int hanging() {
    int count = 0;
    for (RegisteredCheck check : checks) {
      count += check.hanging() ? 1 : 0;
    }
    return count;
  }

  /**
   * On the health thread; one that was given up does not come here any more.
   *
   * @return whether the next tick may be late
   */
  private boolean ticked() {
    long now = nanoTime.getAsLong();
    Status worst = Status.PASS;
    Map<String, Status> byKey = new HashMap<>();
    synchronized (transitions) {
      for (RegisteredCheck check : checks) {
        for (CheckResult result : check.lastAnswers()) {
          worst = Status.worst(worst, result.status());
          byKey.merge(result.key(), result.status(), Status::worst);
          transitions.add(check.name(), result);
        }
      }
      transitions.tell(listener);
    }
    statuses = Collections.unmodifiableMap(byKey);
    synchronized (changes) {
      if (worst != lastStatus) {
        lastStatus = worst;
        lastStatusNanos = now;
        changes.add(now);
      }
    }
    lastTickNanos = now;
    return worst == Status.PASS && quiet.getAsBoolean() && settled();
  }

  private boolean settled() {
    for (RegisteredCheck check : checks) {
      if (!check.settled()) {
        return false;
      }
    }
    return true;
  }

  private List<HealthReport.Answer> answers() {
    List<HealthReport.Answer> answers = new ArrayList<>();
    CheckResult stale = stale();
    if (stale != null) {
      answers.add(new HealthReport.Answer(stale.key(), stale, 0, false));
    }
    for (RegisteredCheck check : checks) {
      int index = 0;
      for (CheckResult result : check.answers()) {
        answers.add(new HealthReport.Answer(check.name(), result, index++, check.liveness()));
      }
    }
    return answers;
  }

  private @Nullable CheckResult stale() {
    long age = nanoTime.getAsLong() - lastTickNanos;
    if (ticker == null || age < STALE_NANOS) {
      return null;
    }
    return CheckResult.of("health:evaluation")
        .status(Status.WARN)
        .observed(TimeUnit.NANOSECONDS.toSeconds(age), "s")
        .output("checks not asked for " + span(age))
        .build();
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>(service.notes());
    long now = nanoTime.getAsLong();
    synchronized (changes) {
      int count = changes.within(HISTORY_NANOS, now);
      String times = count == 1 ? "1 change" : count + " changes";
      notes.add(lastStatus + " for " + span(now - lastStatusNanos) + ", " + times + " in 10m");
    }
    return notes;
  }

  /** E.g. {@code 40s}, {@code 12m}, {@code 3h}, {@code 2d}. */
  static String span(long nanos) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
    if (seconds < 120) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes < 120) {
      return minutes + "m";
    }
    return minutes < 48 * 60 ? minutes / 60 + "h" : minutes / (24 * 60) + "d";
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.registration;

import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.AgentThreads;
import io.sonde.agent.recording.RetryWait;
import io.sonde.health.Health;
import io.sonde.health.Status;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this service known to one registry, on a thread of its own: from the moment {@code
 * /health/startup} passes until the shutdown begins. A registry that is away or refuses is told
 * once and tried again, after 1 s, then twice as long each time up to a minute.
 */
public final class Registration {

  private static final long STARTING_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long FIRST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Different reasons that are told until it works again. */
  private static final int MAX_TOLD = 4;

  /** What the end of the JVM waits for at most. */
  private static final long LEAVE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Registry registry;
  private final Health health;
  private final Thread thread;

  private volatile boolean stopping;
  private volatile long stoppingSinceNanos;
  private volatile String state = "starting";
  private volatile @Nullable String lastError;
  private volatile @Nullable Instant lastSuccess;

  /** Only on the thread, as the rest below. */
  private boolean registered;

  /** It may be known, even if the answer to {@link Registry#register} was lost. */
  private boolean attempted;

  private int failures;

  /** What was told since it last worked. */
  private final Set<String> told = new HashSet<>();

  private @Nullable String whyAgain;

  Registration(Registry registry, Health health) {
    this.registry = registry;
    this.health = health;
    this.thread = AgentThreads.unstarted(registry.name(), this::run);
  }

  /** With Consul. */
  public static Registration with(ConsulConfig config, Health health) {
    return new Registration(new ConsulRegistry(config, health), health);
  }

  /** With etcd. */
  public static Registration with(EtcdConfig config, Health health) {
    return new Registration(new EtcdRegistry(config), health);
  }

  public void start() {
    thread.start();
  }

  /** The shutdown begins: takes the service back, meanwhile. Does not wait. Any thread. */
  public void stopping() {
    if (!stopping) {
      stoppingSinceNanos = System.nanoTime();
      stopping = true;
      LockSupport.unpark(thread);
    }
  }

  /** Waits until it was taken back; a second after {@link #stopping} at most. */
  public void close(long deadlineNanos) {
    stopping();
    long left = stoppingSinceNanos + LEAVE_NANOS - System.nanoTime();
    join(Math.min(left, deadlineNanos - System.nanoTime()));
    registry.abort();
  }

  /** For the status page: no secrets. Any thread. */
  public Map<String, Object> describe() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("registry", registry.name());
    row.put("address", registry.address());
    row.put("state", state);
    row.put("lastError", lastError);
    row.put("lastSuccess", lastSuccess);
    return row;
  }

  private void join(long nanos) {
    try {
      if (nanos > 0) {
        TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!stopping && health.startup().status() != Status.PASS) {
      LockSupport.parkNanos(this, STARTING_NANOS);
    }
    while (!stopping) {
      pause(attempt());
    }
    leave();
  }

  /** How long to wait then. */
  private long attempt() {
    try {
      if (registered) {
        whyAgain = registry.renew();
        registered = whyAgain == null;
      }
      if (!registered) {
        attempted = true;
        registry.register();
        registered = true;
        tellRegistered();
      }
      succeeded();
      return TICK_NANOS;
    } catch (Throwable t) {
      // An Error of a library included: the thread goes on.
      failed(reason(t));
      return RetryWait.nanos(failures, FIRST_WAIT_NANOS, LONGEST_WAIT_NANOS);
    }
  }

  private void succeeded() {
    if (!told.isEmpty()) {
      AgentLog.info(registry.name() + ": works again, " + registry.registered());
    }
    told.clear();
    failures = 0;
    state = "registered";
    lastSuccess = Instant.now();
  }

  private void tellRegistered() {
    if (whyAgain != null) {
      AgentLog.info(registry.name() + ": " + whyAgain + "; registered again");
    } else if (told.isEmpty()) {
      AgentLog.info(registry.name() + ": " + registry.registered());
    }
    whyAgain = null;
  }

  /** Told once for as long as it lasts; the rest is on the status page. */
  private void failed(String reason) {
    failures++;
    state = registered ? "not renewed" : "not registered";
    lastError = reason;
    if (told.size() < MAX_TOLD && told.add(reason)) {
      String what = registered ? ": cannot renew: " : ": not registered: ";
      AgentLog.warn(
          registry.name() + what + reason + " (" + registry.address() + "); trying again");
    }
  }

  private void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0 && !stopping; left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, Math.min(left, TICK_NANOS));
      if (!registered && registry.changed()) {
        return;
      }
    }
  }

  private void leave() {
    if (!attempted) {
      state = "never registered";
      return;
    }
    try {
      registry.deregister();
      state = "deregistered";
      lastSuccess = Instant.now();
    } catch (Throwable t) {
      state = "not deregistered";
      lastError = reason(t);
      if (registered) {
        AgentLog.warn(
            registry.name() + ": not deregistered: " + reason(t) + "; " + registry.otherwise());
      }
    }
  }

  private static String reason(Throwable thrown) {
    if (thrown instanceof UnknownHostException) {
      return "unknown host " + thrown.getMessage();
    }
    if (thrown instanceof SocketTimeoutException) {
      return "no answer in time";
    }
    if (thrown instanceof ConnectException) {
      return "connection refused";
    }
    if (thrown instanceof SSLException) {
      return "TLS: " + thrown.getMessage();
    }
    return thrown instanceof IOException && thrown.getMessage() != null
        ? thrown.getMessage()
        : AgentLog.brief(thrown);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import ch.qos.logback.core.status.StatusManager;
import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.AgentThreads;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What logback's components live in, made by hand. It has no loggers, looks for no configuration,
 * registers no shutdown hook and no MBean; its status messages go to Sonde's log instead of a list
 * that grows; and a thread it should ever need carries Sonde's mark.
 */
final class QuietContext extends ContextBase {

  private ScheduledExecutorService executor;

  QuietContext() {
    setStatusManager(new ToAgentLog());
    setName("sonde");
  }

  @Override
  public ExecutorService getExecutorService() {
    return getScheduledExecutorService();
  }

  @Override
  public ExecutorService getAlternateExecutorService() {
    return getScheduledExecutorService();
  }

  /** Nothing that is configured here asks for it. */
  @Override
  public synchronized ScheduledExecutorService getScheduledExecutorService() {
    if (executor == null) {
      executor = Executors.newScheduledThreadPool(1, AgentThreads.factory("logback"));
    }
    return executor;
  }

  @Override
  public synchronized void stop() {
    if (executor != null) {
      executor.shutdownNow();
    }
    super.stop();
  }

  /** Keeps nothing, prints nothing. */
  private static final class ToAgentLog implements StatusManager {

    @Override
    public void add(Status status) {
      if (status.getLevel() > Status.INFO) {
        String cause = status.getThrowable() == null ? "" : ": " + status.getThrowable();
        AgentLog.debug("logback: " + status.getMessage() + cause);
      }
    }

    @Override
    public List<Status> getCopyOfStatusList() {
      return Collections.emptyList();
    }

    @Override
    public int getCount() {
      return 0;
    }

    @Override
    public boolean add(StatusListener listener) {
      return false;
    }

    @Override
    public void remove(StatusListener listener) {}

    @Override
    public void clear() {}

    @Override
    public List<StatusListener> getCopyOfStatusListenerList() {
      return Collections.emptyList();
    }
  }
}

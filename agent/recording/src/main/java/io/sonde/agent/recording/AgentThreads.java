// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes every thread that Sonde starts, its libraries' included. They are daemons in one group,
 * which is the mark that the bridge asks for: what they do is never observed. Their context class
 * loader is null, so that they hold no application.
 */
public final class AgentThreads {

  /** The mark. In the system's root group, so that no application's group is its parent. */
  public static final ThreadGroup GROUP = new ThreadGroup(root(), "sonde");

  private AgentThreads() {}

  /** Not started. The name becomes {@code sonde-<name>}. */
  public static Thread unstarted(String name, Runnable body) {
    Thread thread = new Thread(GROUP, body, "sonde-" + name);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  /** For libraries that make their own threads. */
  public static ThreadFactory factory(String name) {
    AtomicInteger count = new AtomicInteger();
    return body -> {
      int n = count.incrementAndGet();
      return unstarted(n == 1 ? name : name + "-" + n, body);
    };
  }

  private static ThreadGroup root() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}

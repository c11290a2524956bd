// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.benchmarks.service;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The JVM's figures over a plain socket, which no agent takes for a request: one byte asks, one
 * line answers. Blanks in names of threads become underscores.
 *
 * <pre>
 *  r   allocated heap classes collections       981237712 17301504 7881 41
 *  g   the same after a collection of garbage
 *  t   thread allocated thread allocated …      main 73231 Signal_Dispatcher 88
 * </pre>
 *
 * Allocated are bytes of all threads but the one that answers. A thread that ended counts with what
 * it had at the last reading; {@code t} leaves it out.
 */
final class Figures {

  private static final String PORT = "benchmark.figures.port";

  /** For what the first collection has put into a queue. */
  private static final long BETWEEN_COLLECTIONS_MILLIS = 200;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Map<Long, Long> allocatedByThread = new HashMap<>();
  private final ServerSocket server;

  private Figures(int port) throws IOException {
    server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }

  static void serveIfAsked() throws IOException {
    int port = Integer.getInteger(PORT, 0);
    if (port > 0) {
      Thread thread = new Thread(new Figures(port)::serve, "figures");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void serve() {
    while (true) {
      try (Socket socket = server.accept()) {
        socket.setTcpNoDelay(true);
        InputStream in = socket.getInputStream();
        for (int asked = in.read(); asked >= 0; asked = in.read()) {
          if (asked == 'g') {
            collect();
          }
          String line = (asked == 't' ? byThread() : totals()) + "\n";
          socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        // The next one who asks.
      }
    }
  }

  private String totals() {
    return allocated()
        + " "
        + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
        + " "
        + ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount()
        + " "
        + collections();
  }

  private long allocated() {
    long[] ids = threads.getAllThreadIds();
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    long self = Thread.currentThread().getId();
    for (int i = 0; i < ids.length; i++) {
      if (bytes[i] >= 0 && ids[i] != self) {
        allocatedByThread.put(ids[i], bytes[i]);
      }
    }
    return allocatedByThread.values().stream().mapToLong(Long::longValue).sum();
  }

  private String byThread() {
    StringJoiner line = new StringJoiner(" ");
    long self = Thread.currentThread().getId();
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadId() != self) {
        line.add(thread.getThreadName().replaceAll("\\s", "_"));
        line.add(String.valueOf(threads.getThreadAllocatedBytes(thread.getThreadId())));
      }
    }
    return line.toString();
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  private static void collect() {
    System.gc();
    try {
      Thread.sleep(BETWEEN_COLLECTIONS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.gc();
  }
}

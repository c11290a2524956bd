// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health.server;

import io.sonde.health.Health;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /health} over HTTP, on one thread.
 *
 * <pre>
 *   HealthServer server = new HealthServer(health, threads);
 *   server.handle("/sonde/status", request -&gt; Response.json(200, status()));
 *   Binding binding = server.bind("127.0.0.1", 7633, false);
 * </pre>
 *
 * At most 256 connections, the longest idle one makes room; a request's head has 5 seconds and 8
 * KB.
 */
public final class HealthServer implements AutoCloseable {

  private static final int FURTHER_PORTS = 20;
  private static final int BACKLOG = 128;

  private final Health health;
  private final ThreadFactory threads;
  private final Routes routes = new Routes();
  private @Nullable EventLoop loop;
  private @Nullable Thread thread;

  /**
   * @param threads makes the server's thread
   */
  public HealthServer(Health health, ThreadFactory threads) {
    this.health = health;
    this.threads = threads;
    routes.add(HealthEndpoint.PATH, new HealthEndpoint(health));
  }

  /**
   * Adds a handler, or replaces that of the same prefix. Any time.
   *
   * @param prefix of whole segments: {@code /sonde/status} is also asked for {@code
   *     /sonde/status/x}, not for {@code /sonde/statusx}; {@code /} for all that nobody else
   *     answers
   */
  public void handle(String prefix, Handler handler) {
    routes.add(prefix, handler);
  }

  /**
   * Listens and starts the thread. Never throws: what went wrong is in the result.
   *
   * @param host name or address of an own interface, e.g. {@code 127.0.0.1}
   * @param port 0 for any that is free
   * @param strict only this port; else, when it is taken, the next free of the 20 above it
   */
  public synchronized Binding bind(String host, int port, boolean strict) {
    if (loop != null) {
      return Binding.none("already bound");
    }
    if (port < 0 || port > 65_535) {
      return Binding.none("port " + port + ": not in 0..65535");
    }
    try {
      return listen(
          host, port, strict || port == 0 ? port : Math.min(65_535, port + FURTHER_PORTS));
    } catch (Throwable t) {
      return Binding.none(host + ":" + port + ": " + t);
    }
  }

  /** Closes all connections and waits up to a second for the thread to end. */
  @Override
  public synchronized void close() {
    if (loop == null || thread == null) {
      return;
    }
    loop.close();
    try {
      thread.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Binding listen(String host, int first, int last) throws IOException {
    String problem = "";
    for (int port = first; port <= last; port++) {
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        return Binding.none(host + ": unknown host");
      }
      ServerSocketChannel listener = ServerSocketChannel.open();
      try {
        listener.bind(address, BACKLOG);
        return serve(listener, first, problem);
      } catch (BindException e) {
        // Taken, not allowed, not our address: the text is the system's and in its language, so
        // that nothing is concluded from it; the further ports cost microseconds.
        listener.close();
        problem = problem.isEmpty() ? String.valueOf(e.getMessage()) : problem;
      } catch (Throwable t) {
        listener.close();
        throw t;
      }
    }
    String range = first == last ? "" : " to " + last;
    return Binding.none(host + ":" + first + range + ": " + problem);
  }

  private Binding serve(ServerSocketChannel listener, int wanted, String problem)
      throws IOException {
    listener.configureBlocking(false);
    int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
    EventLoop next = new EventLoop(listener, routes, health::watch);
    thread = threads.newThread(next);
    thread.setDaemon(true); // must not keep the application alive
    thread.start();
    loop = next;
    return Binding.to(
        port, problem.isEmpty() ? null : "port " + wanted + ": " + problem + "; using " + port);
  }
}

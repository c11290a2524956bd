// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.health.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The server's thread: accepts, serves what is ready, closes what is overdue. */
final class EventLoop implements Runnable {

  static final int MAX_CONNECTIONS = 256;
  // Fewer than the connections there are: who was let in is read before it can be pushed out.
  private static final int ACCEPTED_AT_ONCE = 64;
  private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long IDLE_MILLIS = 5_000;

  private final Selector selector;
  private final ServerSocketChannel listener;
  private final SelectionKey acceptKey;
  private final Routes routes;
  private final Runnable housekeeping;
  private final ByteBuffer readBuffer = ByteBuffer.allocate(RequestHead.MAX_BYTES);
  // In the order of their coming.
  private final Set<Connection> connections = new LinkedHashSet<>();
  private long lastSweepNanos = System.nanoTime();
  private volatile boolean closed;

  /**
   * @param listener bound, non-blocking; closed when the loop ends
   * @param housekeeping called on this thread every 2 s at least, 250 ms at most
   */
  EventLoop(ServerSocketChannel listener, Routes routes, Runnable housekeeping) throws IOException {
    this.listener = listener;
    this.routes = routes;
    this.housekeeping = housekeeping;
    this.selector = Selector.open();
    this.acceptKey = listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        try {
          turn();
        } catch (Throwable t) {
          pause(); // out of memory or of descriptors: no reason to die, nor to spin
        }
      }
    } finally {
      shut();
    }
  }

  /** Any thread; returns at once. */
  void close() {
    closed = true;
    selector.wakeup();
  }

  private void turn() throws IOException {
    selector.select(connections.isEmpty() ? IDLE_MILLIS : SWEEP_NANOS / 1_000_000);
    long now = System.nanoTime();
    for (Iterator<SelectionKey> i = selector.selectedKeys().iterator(); i.hasNext(); ) {
      SelectionKey key = i.next();
      i.remove();
      if (key == acceptKey) {
        accept(now);
      } else if (key.isValid()) {
        serve((Connection) key.attachment(), now);
      }
    }
    if (now - lastSweepNanos >= SWEEP_NANOS) {
      lastSweepNanos = now;
      sweep(now);
      housekeeping.run();
    }
  }

  private void serve(Connection connection, long now) {
    try {
      connection.ready(now);
    } catch (Throwable t) {
      connection.close();
    }
    if (connection.isClosed()) {
      connections.remove(connection);
    }
  }

  private void accept(long now) {
    try {
      for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
        SocketChannel channel = listener.accept();
        if (channel == null) {
          return;
        }
        admit(channel, now);
      }
    } catch (IOException e) {
      // Too many open files: the listener stays ready and would spin. The next sweep tries again.
      acceptKey.interestOps(0);
    }
  }

  private void admit(SocketChannel channel, long now) throws IOException {
    if (connections.size() >= MAX_CONNECTIONS) {
      closeOne();
    }
    try {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      Connection connection = new Connection(channel, key, routes, readBuffer, now);
      key.attach(connection);
      connections.add(connection);
    } catch (IOException e) {
      channel.close(); // it has gone already
    }
  }

  /** Whoever comes is let in: the one that is idle the longest goes, else the slowest to ask. */
  private void closeOne() {
    Connection victim = null;
    for (Connection connection : connections) {
      if (victim == null || connection.goesBefore(victim)) {
        victim = connection;
      }
    }
    if (victim != null) {
      victim.close();
      connections.remove(victim);
    }
  }

  private void sweep(long now) {
    acceptKey.interestOps(SelectionKey.OP_ACCEPT);
    for (Iterator<Connection> i = connections.iterator(); i.hasNext(); ) {
      Connection connection = i.next();
      if (connection.isOverdue(now)) {
        connection.close();
        i.remove();
      }
    }
  }

  private void shut() {
    connections.forEach(Connection::close);
    try {
      listener.close();
      selector.close();
    } catch (IOException e) {
      // nothing left to close
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      // asked to hurry: then the loop goes on at once
    }
  }
}

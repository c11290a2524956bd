// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import java.util.ArrayList;
import java.util.List;

/** Servers whose numbers a test sets: sockets and threads are {@code {used, limit}}. */
public final class SeenServers implements ServerTable.Reader {

  private final ServerTable table = new ServerTable();
  private final List<Object> held = new ArrayList<>();

  public SeenServers() {
    table.readers(kind -> this);
  }

  public ServerTable table() {
    return table;
  }

  public void add(String name, int[] sockets, int[] threads) {
    held.addAll(List.of(name, sockets, threads)); // the table keeps them weakly
    table.add("test", name, sockets, threads);
  }

  @Override
  public String name(Object server) {
    return server.toString();
  }

  @Override
  public int port(Object server) {
    return 0;
  }

  @Override
  public int openSockets(Object sockets) {
    return ((int[]) sockets)[0];
  }

  @Override
  public int maxSockets(Object sockets) {
    return ((int[]) sockets)[1];
  }

  @Override
  public int busyThreads(Object threads) {
    return ((int[]) threads)[0];
  }

  @Override
  public int maxThreads(Object threads) {
    return ((int[]) threads)[1];
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.contract;

import io.sonde.agent.instrumentation.ServerNumbers;
import io.sonde.agent.recording.ServerTable;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** A server's reader made of an instrumentation's functions, as the agent makes it. */
public record ServerReader(
    Function<Object, String> naming,
    ToIntFunction<Object> listening,
    ToIntFunction<Object> open,
    ToIntFunction<Object> max)
    implements ServerTable.Reader {

  @Override
  public String name(Object server) {
    return naming.apply(server);
  }

  @Override
  public int port(Object server) {
    return listening.applyAsInt(server);
  }

  @Override
  public int openSockets(Object sockets) {
    return open.applyAsInt(sockets);
  }

  @Override
  public int maxSockets(Object sockets) {
    return max.applyAsInt(sockets);
  }

  @Override
  public int busyThreads(Object threads) {
    return ServerNumbers.busyThreads(threads);
  }

  @Override
  public int maxThreads(Object threads) {
    return ServerNumbers.maxThreads(threads);
  }
}

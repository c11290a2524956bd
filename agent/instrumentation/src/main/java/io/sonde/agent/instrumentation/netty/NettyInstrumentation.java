// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.netty;

import static net.bytebuddy.matcher.ElementMatchers.named;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** See the package's description. */
public final class NettyInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#serverSeen}. */
  public static final String KIND = "netty";

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Arrays.asList(
        "io.netty.channel.socket.nio.NioServerSocketChannel",
        "io.netty.channel.epoll.EpollServerSocketChannel",
        "io.netty.channel.kqueue.KQueueServerSocketChannel");
  }

  @Override
  public void weave(String type, Hooks hooks) {
    hooks.advise(named("doBind"), AcceptsAdvice.class);
  }

  static final class AcceptsAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object channel) {
      SondeBridge.serverSeen(KIND, channel, null, null);
    }
  }
}

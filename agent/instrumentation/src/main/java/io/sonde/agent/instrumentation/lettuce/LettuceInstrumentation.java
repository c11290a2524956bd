// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.lettuce;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.netty.channel.Channel;
import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** See the package's description. */
public final class LettuceInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#storeSeen}. */
  public static final String KIND = "lettuce";

  private static final String ENDPOINT = "io.lettuce.core.protocol.DefaultEndpoint";
  private static final String COMMANDS = "io.lettuce.core.protocol.CommandHandler";
  private static final String FAILED = "io.lettuce.core.event.connection.ReconnectFailedEvent";

  @Override
  public String name() {
    return KIND;
  }

  @Override
  public List<String> types() {
    return Arrays.asList(ENDPOINT, COMMANDS, FAILED);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case ENDPOINT:
        hooks
            .advise(named("notifyChannelActive"), ConnectedAdvice.class)
            .advise(named("notifyException"), FailedAdvice.class)
            .advise(named("close").and(takesArguments(0)), ClosedAdvice.class)
            .advise(named("closeAsync").and(takesArguments(0)), ClosedAdvice.class);
        break;
      case COMMANDS:
        hooks.advise(named("complete").and(takesArguments(1)), AnsweredAdvice.class);
        break;
      default:
        // The other constructor has no ids and the same last four arguments.
        hooks
            .adviseIfPresent(isConstructor().and(takesArguments(6)), NotReconnectedAdvice.class)
            .advise(isConstructor().and(takesArguments(4)), NotReconnectedWithoutIdsAdvice.class);
        break;
    }
  }

  /** Also when it is connected again, maybe elsewhere. */
  static final class ConnectedAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object endpoint, @Advice.Argument(0) Channel channel) {
      SondeBridge.storeSeen(KIND, endpoint, channel.remoteAddress());
    }
  }

  static final class FailedAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object endpoint, @Advice.Argument(0) Throwable thrown) {
      if (thrown != null) {
        SondeBridge.storeUsed(endpoint, thrown);
      }
    }
  }

  static final class ClosedAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object endpoint) {
      SondeBridge.storeClosed(endpoint);
    }
  }

  /** A reply was read and decoded: on Netty's thread, for each command. */
  static final class AnsweredAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.FieldValue("endpoint") Object endpoint) {
      SondeBridge.storeUsed(endpoint, null);
    }
  }

  /** {@code (redisUri, id, local, remote, cause, attempt)}: is published each time. */
  static final class NotReconnectedAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(3) Object address, @Advice.Argument(4) Throwable thrown) {
      SondeBridge.storeUnreachable(KIND, address, thrown);
    }
  }

  /** {@code (local, remote, cause, attempt)}. */
  static final class NotReconnectedWithoutIdsAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(1) Object address, @Advice.Argument(2) Throwable thrown) {
      SondeBridge.storeUnreachable(KIND, address, thrown);
    }
  }
}

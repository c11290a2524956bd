// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.kafka;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.sonde.agent.instrumentation.Hooks;
import io.sonde.agent.instrumentation.Instrumentation;
import io.sonde.bridge.SondeBridge;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import net.bytebuddy.asm.Advice;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/** See the package's description. */
public final class KafkaInstrumentation implements Instrumentation {

  /** For {@link SondeBridge#storeSeen}. */
  public static final String PRODUCER = "kafka-producer";

  /** The same; its detail is {@code max.poll.interval.ms}. */
  public static final String CONSUMER = "kafka-consumer";

  private static final String PRODUCER_TYPE = "org.apache.kafka.clients.producer.KafkaProducer";
  private static final String SENDER_TYPE = "org.apache.kafka.clients.producer.internals.Sender";
  private static final String CONSUMER_TYPE = "org.apache.kafka.clients.consumer.KafkaConsumer";

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public List<String> types() {
    return Arrays.asList(PRODUCER_TYPE, SENDER_TYPE, CONSUMER_TYPE);
  }

  @Override
  public void weave(String type, Hooks hooks) {
    switch (type) {
      case PRODUCER_TYPE:
        hooks
            .advise(
                isConstructor()
                    .and(
                        takesArgument(
                            0, named("org.apache.kafka.clients.producer.ProducerConfig"))),
                ProducerCreatedAdvice.class)
            .adviseIfPresent(named("waitOnMetadata"), NoMetadataAdvice.class)
            .advise(named("close").and(takesArgument(0, Duration.class)), ClosedAdvice.class);
        break;
      case SENDER_TYPE:
        hooks
            .advise(named("completeBatch").and(takesArguments(2)), SentAdvice.class)
            .adviseIfPresent(
                named("failBatch")
                    .and(takesArgument(1, RuntimeException.class))
                    .and(takesArgument(2, Function.class)),
                NotSentAdvice.class)
            .adviseIfPresent(
                named("failBatch")
                    .and(takesArgument(1, long.class))
                    .and(takesArgument(3, RuntimeException.class)),
                NotSentBefore3Advice.class);
        break;
      default:
        hooks
            .advise(
                isConstructor()
                    .and(
                        takesArgument(
                            0, named("org.apache.kafka.clients.consumer.ConsumerConfig"))),
                ConsumerCreatedAdvice.class)
            .advise(named("poll").and(takesArgument(0, Duration.class)), PolledAdvice.class)
            .advise(named("close"), ClosedAdvice.class);
        break;
    }
  }

  /** The other constructors call this one. Batches are sent and answered by the sender's thread. */
  static final class ProducerCreatedAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object producer, @Advice.FieldValue("sender") Object sender) {
      SondeBridge.storeSeen(PRODUCER, producer, null);
      SondeBridge.storePart(producer, sender);
    }
  }

  /** On the thread that sends: nothing is known of the topic, since no broker answers. */
  static final class NoMetadataAdvice {

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This Object producer, @Advice.Thrown Throwable thrown) {
      if (thrown != null) {
        SondeBridge.storeUsed(producer, thrown);
      }
    }
  }

  static final class SentAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object sender) {
      SondeBridge.storeUsed(sender, null);
    }
  }

  static final class NotSentAdvice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object sender, @Advice.Argument(1) Throwable thrown) {
      SondeBridge.storeUsed(sender, thrown);
    }
  }

  /** {@code (batch, baseOffset, logAppendTime, exception, …)}. */
  static final class NotSentBefore3Advice {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object sender, @Advice.Argument(3) Throwable thrown) {
      SondeBridge.storeUsed(sender, thrown);
    }
  }

  /** The other constructors call this one. */
  static final class ConsumerCreatedAdvice {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object consumer, @Advice.Argument(0) ConsumerConfig config) {
      SondeBridge.storeSeen(CONSUMER, consumer, config.getInt("max.poll.interval.ms"));
    }
  }

  /** That it returns says nothing of the brokers; what it throws does. */
  static final class PolledAdvice {

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This Object consumer, @Advice.Thrown Throwable thrown) {
      if (!(thrown instanceof WakeupException) && !(thrown instanceof InterruptException)) {
        SondeBridge.storeUsed(consumer, thrown);
      }
    }
  }

  static final class ClosedAdvice {

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This Object client) {
      SondeBridge.storeClosed(client);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.log4j1;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.LogEvent;
import java.io.StringWriter;
import java.util.Map;
import org.apache.log4j.Appender;
import org.apache.log4j.AsyncAppender;
import org.apache.log4j.Level;
import org.apache.log4j.LogManager;
import org.apache.log4j.Logger;
import org.apache.log4j.MDC;
import org.apache.log4j.PatternLayout;
import org.apache.log4j.WriterAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class Log4j1InstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new Log4j1Instrumentation());

  private final Logger logger = Logger.getLogger("com.acme.Orders");
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void logsToMemory() {
    LogManager.resetConfiguration();
    Logger.getRootLogger().addAppender(appender());
    Logger.getRootLogger().setLevel(Level.ALL);
  }

  @AfterEach
  void forgets() {
    MDC.remove("customer");
    MDC.remove("traceId");
    LogManager.resetConfiguration();
  }

  /** Writes {@code message traceId customer|} to {@link #out}. */
  private Appender appender() {
    return new WriterAppender(new PatternLayout("%m %X{traceId} %X{customer}|"), out);
  }

  @Test
  void shipsAnEventAsTheApplicationLoggedIt() throws Exception {
    Exception thrown = new IllegalStateException("no stock");
    long before = System.currentTimeMillis();
    Exchange exchange = sonde.serving(() -> logger.error("order failed", thrown));

    LogEvent event = sonde.nextLog();
    assertThat(event.level()).isEqualTo(5);
    assertThat(event.logger()).isEqualTo("com.acme.Orders");
    assertThat(event.message()).isEqualTo("order failed");
    assertThat(event.threadName()).isEqualTo(Thread.currentThread().getName());
    assertThat(event.epochMillis()).isBetween(before, System.currentTimeMillis());
    assertThat(event.thrown()).isSameAs(thrown);
    assertThat(event.exchange()).isSameAs(exchange);
    sonde.nextExchange();
    sonde.ignoreErrors();
  }

  @Test
  void mapsEveryLevel() {
    Level[] levels = {Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR, Level.FATAL};
    int[] expected = {1, 2, 3, 4, 5, 5};
    for (Level level : levels) {
      logger.log(level, level.toString());
    }

    for (int i = 0; i < levels.length; i++) {
      LogEvent event = sonde.nextLog();
      assertThat(event.message()).isEqualTo(levels[i].toString());
      assertThat(event.level()).as(event.message()).isEqualTo(expected[i]);
    }
  }

  @Test
  void shipsAnEventOnceHoweverManyAppenders() {
    logger.addAppender(appender());
    logger.info("once");
    logger.info("after");

    assertThat(out).hasToString("once  |once  |after  |after  |");
    assertThat(sonde.nextLog().message()).isEqualTo("once");
    assertThat(sonde.nextLog().message()).isEqualTo("after");
    assertThat(sonde.hasLogs()).isFalse();
  }

  @Test
  void leavesOutWhatTheApplicationHasDisabled() {
    logger.setLevel(Level.WARN);
    logger.info("disabled");
    logger.warn("enabled");

    assertThat(sonde.nextLog().message()).isEqualTo("enabled");
    assertThat(sonde.hasLogs()).isFalse();
  }

  @Test
  void shipsTheApplicationsMdcAsItWas() {
    MDC.put("customer", 4711);
    if (MDC.get("customer") == null) {
      return; // 1.2.17 takes JDK 10 and later for one that has no thread-locals
    }
    logger.info("first");
    MDC.put("customer", 4712);
    logger.info("second");

    assertThat(sonde.nextLog().mdc()).containsExactlyEntriesOf(Map.of("customer", "4711"));
    assertThat(sonde.nextLog().mdc()).containsExactlyEntriesOf(Map.of("customer", "4712"));
  }

  @Test
  void answersForIdsWhileARequestIsServed() throws Exception {
    sonde.serving(
        () -> {
          assertThat((String) MDC.get("traceId")).hasSize(32);
          assertThat((String) MDC.get("spanId")).hasSize(16);
          assertThat(MDC.get("requestId")).isEqualTo(MDC.get("traceId"));
          assertThat(MDC.get("other")).isNull();
        });
    sonde.nextExchange();

    assertThat(MDC.get("traceId")).isNull();
  }

  @Test
  void printsIdsThroughAPattern() throws Exception {
    Exchange exchange = sonde.serving(() -> logger.info("hello"));
    logger.info("outside");

    assertThat(out).hasToString("hello " + exchange.traceIdString() + " |outside  |");
    sonde.nextExchange();
  }

  @Test
  void keepsIdsThroughAnAsynchronousAppender() throws Exception {
    AsyncAppender async = new AsyncAppender();
    async.addAppender(appender());
    logger.setAdditivity(false);
    logger.addAppender(async);
    Exchange exchange;
    try {
      exchange = sonde.serving(() -> logger.info("later"));
      SondeExtension.await("it is written", () -> out.toString().endsWith("|"));
    } finally {
      logger.setAdditivity(true);
      async.close();
    }

    assertThat(out).hasToString("later " + exchange.traceIdString() + " |");
    assertThat(sonde.nextLog().message()).isEqualTo("later");
    sonde.nextExchange();
  }

  @Test
  void leavesAKeyToTheApplicationThatSetsIt() throws Exception {
    sonde.serving(
        () -> {
          MDC.put("traceId", "mine");
          if (MDC.getContext() != null) {
            assertThat(MDC.get("traceId")).isEqualTo("mine");
            logger.info("hello");
            assertThat(out).hasToString("hello mine |");
          }
        });
    sonde.nextExchange();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jbosslogmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.jul.JulInstrumentation;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.LogEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.MDC;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JBossLogManagerInstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new JBossLogManagerInstrumentation(), new JulInstrumentation());

  private final LogContext context = LogContext.create();
  private final Logger logger = context.getLogger("com.acme.Orders");
  private final List<ExtLogRecord> handled = new ArrayList<>();
  private final StringBuilder out = new StringBuilder();

  @BeforeEach
  void logsToMemory() {
    Logger root = context.getLogger("");
    root.setLevel(Level.ALL);
    root.addHandler(handler());
  }

  @AfterEach
  void forgets() {
    MDC.clear();
  }

  /** Writes {@code message traceId own|} to {@link #out}. */
  private ExtHandler handler() {
    PatternFormatter formatter = new PatternFormatter("%m %X{traceId} %X{own}|");
    return new ExtHandler() {
      @Override
      protected void doPublish(ExtLogRecord record) {
        handled.add(record);
        out.append(formatter.format(record));
      }
    };
  }

  @Test
  void shipsARecordAsTheApplicationLoggedIt() throws Exception {
    Exception thrown = new IllegalStateException("no stock");
    long before = System.currentTimeMillis();
    Exchange exchange = sonde.serving(() -> logger.log(Level.ERROR, "order failed", thrown));

    LogEvent event = sonde.nextLog();
    assertThat(event.level()).isEqualTo(5);
    assertThat(event.logger()).isEqualTo("com.acme.Orders");
    assertThat(event.message()).isEqualTo("order failed");
    assertThat(event.threadName()).isEqualTo(Thread.currentThread().getName());
    assertThat(event.epochMillis()).isBetween(before, System.currentTimeMillis());
    assertThat(event.thrown()).isSameAs(thrown);
    assertThat(event.exchange()).isSameAs(exchange);
    assertThat(sonde.hasLogs()).isFalse();
    sonde.nextExchange();
    sonde.ignoreErrors();
  }

  @Test
  void shipsARecordOnceHoweverManyHandlers() {
    context.getLogger("com.acme").addHandler(handler());
    logger.log(Level.INFO, "order {0}", 7);
    logger.log(new LogRecord(Level.INFO, "plain"));
    logger.log(
        "fqcn", Level.INFO, "order %s", ExtLogRecord.FormatStyle.PRINTF, new Object[] {8}, null);

    assertThat(out).hasToString("order 7  |order 7  |plain  |plain  |order 8  |order 8  |");
    assertThat(sonde.nextLog().message()).isEqualTo("order 7");
    assertThat(sonde.nextLog().message()).isEqualTo("plain");
    assertThat(sonde.nextLog().message()).isEqualTo("order 8");
    assertThat(sonde.hasLogs()).isFalse();
  }

  @Test
  void mapsEveryLevel() {
    Level[] levels = {Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR, Level.FATAL};
    int[] expected = {1, 2, 3, 4, 5, 5};
    for (Level level : levels) {
      logger.log(level, level.getName());
    }

    for (int i = 0; i < levels.length; i++) {
      LogEvent event = sonde.nextLog();
      assertThat(event.message()).isEqualTo(levels[i].getName());
      assertThat(event.level()).as(event.message()).isEqualTo(expected[i]);
    }
  }

  @Test
  void leavesOutWhatTheApplicationHasDisabledOrFiltered() throws Exception {
    logger.setLevel(Level.WARN);
    logger.setFilter(record -> !record.getMessage().contains("secret"));
    logger.info("disabled");
    logger.warning("a secret");
    logger.warning("enabled");

    assertThat(sonde.nextLog().message()).isEqualTo("enabled");
    assertThat(sonde.hasLogs()).isFalse();
  }

  @Test
  void shipsTheApplicationsMdcAsItWas() {
    MDC.put("customer", "4711");
    logger.info("first");
    MDC.put("customer", "4712");
    logger.info("second");

    assertThat(sonde.nextLog().mdc()).containsExactlyEntriesOf(Map.of("customer", "4711"));
    assertThat(sonde.nextLog().mdc()).containsExactlyEntriesOf(Map.of("customer", "4712"));
  }

  @Test
  void answersForIdsWhileARequestIsServed() throws Exception {
    sonde.serving(
        () -> {
          assertThat(MDC.get("traceId")).hasSize(32);
          assertThat((String) MDC.getObject("spanId")).hasSize(16);
          assertThat(MDC.get("requestId")).isEqualTo(MDC.get("traceId"));
          assertThat(MDC.get("other")).isNull();
        });
    sonde.nextExchange();

    assertThat(MDC.get("traceId")).isNull();
  }

  @Test
  void printsIdsThroughAPattern() throws Exception {
    MDC.put("own", "value");
    Exchange exchange = sonde.serving(() -> logger.info("hello"));
    logger.info("outside");

    assertThat(out).hasToString("hello " + exchange.traceIdString() + " value|outside  value|");
    sonde.nextExchange();
  }

  /** As an asynchronous handler takes it along. */
  @Test
  void aRecordKeepsItsIds() throws Exception {
    MDC.put("spanId", "mine");
    Exchange exchange =
        sonde.serving(
            () -> {
              logger.info("copied");
              logger.info("read");
              handled.get(0).copyMdc();
              assertThat(handled.get(1).getMdcCopy()).containsKey("traceId");
            });

    for (ExtLogRecord record : handled) {
      assertThat(record.getMdc("traceId")).isEqualTo(exchange.traceIdString());
      assertThat(record.getMdcCopy())
          .containsOnlyKeys("traceId", "spanId", "requestId")
          .containsEntry("spanId", "mine");
    }
    assertThat(MDC.copy()).containsExactlyEntriesOf(Map.of("spanId", "mine"));
    sonde.nextExchange();
  }
}

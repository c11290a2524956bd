// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jul;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.logback.LogbackInstrumentation;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.LogEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.ResourceBundle;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

class JulInstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new JulInstrumentation(), new LogbackInstrumentation());

  private final Logger parent = Logger.getLogger("com.acme");
  private final Logger logger = Logger.getLogger("com.acme.Orders");
  private final Collecting handler = new Collecting();

  /** As an application's own: keeps what it was given. */
  private static final class Collecting extends Handler {
    final List<String> messages = new ArrayList<>();

    @Override
    public void publish(LogRecord record) {
      messages.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void logsToMemory() {
    parent.setUseParentHandlers(false);
    parent.addHandler(handler);
    parent.setLevel(Level.ALL);
  }

  @AfterEach
  void forgets() {
    for (Handler each : parent.getHandlers()) {
      parent.removeHandler(each);
    }
    parent.setLevel(null);
    parent.setUseParentHandlers(true);
    logger.setFilter(null);
  }

  @Test
  void shipsARecordAsTheApplicationLoggedIt() throws Exception {
    Exception thrown = new IllegalStateException("no stock");
    long before = System.currentTimeMillis();
    Exchange exchange = sonde.serving(() -> logger.log(Level.SEVERE, "order failed", thrown));

    LogEvent event = sonde.nextLog();
    assertThat(event.level()).isEqualTo(5);
    assertThat(event.logger()).isEqualTo("com.acme.Orders");
    assertThat(event.message()).isEqualTo("order failed");
    assertThat(event.threadName()).isEqualTo(Thread.currentThread().getName());
    assertThat(event.epochMillis()).isBetween(before, System.currentTimeMillis());
    assertThat(event.thrown()).isSameAs(thrown);
    assertThat(event.exchange()).isSameAs(exchange);
    assertThat(handler.messages).containsExactly("order failed");
    assertThat(sonde.hasLogs()).isFalse();
    sonde.nextExchange();
    sonde.ignoreErrors();
  }

  @Test
  void formatsAsTheJdkDoes() {
    logger.log(Level.INFO, "order {0} of {1}", new Object[] {7, "Ada"});
    logger.log(Level.INFO, "no '{place}', can't format", new Object[] {7});
    logger.log(Level.INFO, "bad {0", new Object[] {7});
    logger.log(Level.INFO, "'{0}' without arguments");
    logger.log(Level.INFO, (String) null);

    assertThat(sonde.nextLog().message()).isEqualTo("order 7 of Ada");
    assertThat(sonde.nextLog().message()).isEqualTo("no '{place}', can't format");
    assertThat(sonde.nextLog().message()).isEqualTo("bad {0");
    assertThat(sonde.nextLog().message()).isEqualTo("'{0}' without arguments");
    assertThat(sonde.nextLog().message()).isEmpty();
  }

  @Test
  void localizesAsTheJdkDoes() {
    ResourceBundle bundle =
        new ResourceBundle() {
          @Override
          protected Object handleGetObject(String key) {
            return key.equals("order.failed") ? "Bestellung {0} fehlgeschlagen" : null;
          }

          @Override
          public Enumeration<String> getKeys() {
            return Collections.enumeration(List.of("order.failed"));
          }
        };
    logger.logrb(Level.INFO, bundle, "order.failed", 7);
    logger.logrb(Level.INFO, bundle, "not in it");

    assertThat(sonde.nextLog().message()).isEqualTo("Bestellung 7 fehlgeschlagen");
    assertThat(sonde.nextLog().message()).isEqualTo("not in it");
  }

  @Test
  void mapsEveryLevel() {
    Level[] levels = {
      Level.FINEST, Level.FINER, Level.FINE, Level.CONFIG, Level.INFO, Level.WARNING, Level.SEVERE
    };
    int[] expected = {1, 2, 2, 3, 3, 4, 5};
    for (Level level : levels) {
      logger.log(level, level.getName());
    }

    for (int i = 0; i < levels.length; i++) {
      LogEvent event = sonde.nextLog();
      assertThat(event.message()).isEqualTo(levels[i].getName());
      assertThat(event.level()).as(levels[i].getName()).isEqualTo(expected[i]);
    }
  }

  @Test
  void leavesOutWhatTheApplicationHasDisabled() {
    parent.setLevel(Level.WARNING);
    logger.info("disabled");
    logger.log(new LogRecord(Level.INFO, "disabled, too"));
    logger.warning("enabled");

    assertThat(sonde.nextLog().message()).isEqualTo("enabled");
    assertThat(sonde.hasLogs()).isFalse();
  }

  @Test
  void leavesOutTheRecordsOfALoggerWithAFilter() {
    List<String> asked = new ArrayList<>();
    logger.setFilter(record -> asked.add(record.getMessage()));
    logger.info("filtered");
    logger.setFilter(null);
    logger.info("told");

    assertThat(asked).as("not a second time").containsExactly("filtered");
    assertThat(sonde.nextLog().message()).isEqualTo("told");
  }

  @Test
  void shipsARecordOfAnAnonymousLogger() {
    Logger anonymous = Logger.getAnonymousLogger();
    anonymous.setUseParentHandlers(false);
    anonymous.addHandler(handler);
    anonymous.info("whose?");

    LogEvent event = sonde.nextLog();
    assertThat(event.message()).isEqualTo("whose?");
    assertThat(event.logger()).isEmpty();
  }

  @Test
  void shipsARecordThatIsBridgedToLogbackOnce() {
    parent.addHandler(new SLF4JBridgeHandler());
    ch.qos.logback.classic.Logger theirs =
        (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("com.acme");
    theirs.setLevel(ch.qos.logback.classic.Level.ALL);
    logger.log(Level.INFO, "order {0}", 7);
    logger.info("next");
    theirs.setLevel(null);
    logger.info("not theirs");

    assertThat(sonde.nextLog().message()).isEqualTo("order 7");
    assertThat(sonde.nextLog().message()).isEqualTo("next");
    assertThat(sonde.hasLogs()).isFalse();
  }

  /** Which the JDK hands to {@code java.util.logging}. */
  @Test
  void shipsWhatASystemLoggerLogs() {
    System.Logger system = System.getLogger("com.acme.System");
    system.log(System.Logger.Level.WARNING, "order {0}", 7);
    system.log(System.Logger.Level.ERROR, "failed", new IllegalStateException("no stock"));

    LogEvent event = sonde.nextLog();
    assertThat(event.message()).isEqualTo("order 7");
    assertThat(event.level()).isEqualTo(4);
    assertThat(event.logger()).isEqualTo("com.acme.System");
    LogEvent failed = sonde.nextLog();
    assertThat(failed.level()).isEqualTo(5);
    assertThat(failed.thrown()).hasMessage("no stock");
    sonde.ignoreErrors();
  }
}

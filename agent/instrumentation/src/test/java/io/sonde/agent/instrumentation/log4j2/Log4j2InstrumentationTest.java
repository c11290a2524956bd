// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.log4j2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.LogEvent;
import io.sonde.agent.recording.LogLevels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.OutputStreamAppender;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.StructuredDataMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Log4j2InstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new Log4j2Instrumentation());

  /** How an application may have set up its loggers; each has appenders on root and on com.acme. */
  private enum Setup {
    SYNC("Logger", "Root", false),
    ASYNC_LOGGERS("Logger", "Root", true),
    ASYNC_CONFIGURATION("AsyncLogger", "AsyncRoot", false),
    /** A synchronous logger below an asynchronous root. */
    MIXED("Logger", "AsyncRoot", false);

    final String logger;
    final String root;
    final boolean allAsync;

    Setup(String logger, String root, boolean allAsync) {
      this.logger = logger;
      this.root = root;
      this.allAsync = allAsync;
    }

    String xml(String filter) {
      return String.format(
          "<Configuration status='OFF'><Loggers><%1$s name='com.acme' level='all'>%3$s</%1$s>"
              + "<%2$s level='all'/></Loggers></Configuration>",
          logger, root, filter);
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private LoggerContext context;
  private Logger logger;

  private void start(Setup setup) {
    start(
        setup.allAsync ? new AsyncLoggerContext("test") : new LoggerContext("test"), setup.xml(""));
    appendTo(context.getConfiguration().getRootLogger());
    appendTo(context.getConfiguration().getLoggerConfig("com.acme"));
  }

  private void start(LoggerContext started, String xml) {
    context = started;
    try {
      ConfigurationSource source =
          new ConfigurationSource(new ByteArrayInputStream(xml.getBytes(UTF_8)));
      context.start(new XmlConfiguration(context, source));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
    logger = context.getLogger("com.acme.Orders");
  }

  /** Writes {@code message traceId own|} to {@link #out}. */
  private void appendTo(LoggerConfig config) {
    PatternLayout layout =
        PatternLayout.newBuilder()
            .withPattern("%msg %X{traceId} %X{own}|")
            .withAlwaysWriteExceptions(false)
            .build();
    Appender appender =
        OutputStreamAppender.createAppender(layout, null, out, config.getName(), false, false);
    appender.start();
    config.addAppender(appender, null, null);
  }

  @AfterEach
  void forgets() {
    ThreadContext.clearAll();
    if (context != null) {
      context.stop();
    }
  }

  /** Each event is written twice; waits for {@code events} of them. */
  private String written(int events) {
    SondeExtension.await(
        events + " events are written",
        () -> out.toString(UTF_8).split("\\|").length == 2 * events);
    return out.toString(UTF_8);
  }

  private static void noMoreLogs() {
    assertThat(sonde.hasLogs()).as("events that nobody read").isFalse();
  }

  // ---- events ----------------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource
  void shipsAnEventAsTheApplicationLoggedIt(Setup setup) throws Exception {
    start(setup);
    Exception thrown = new IllegalStateException("no stock");
    long before = System.currentTimeMillis();
    Exchange exchange = sonde.serving(() -> logger.error("order {} failed", 7, thrown));
    written(1);

    LogEvent event = sonde.nextLog();
    assertThat(event.level()).isEqualTo(5);
    assertThat(event.logger()).isEqualTo("com.acme.Orders");
    assertThat(event.message()).isEqualTo("order 7 failed");
    assertThat(event.threadName()).isEqualTo(Thread.currentThread().getName());
    assertThat(event.epochMillis()).isBetween(before, System.currentTimeMillis());
    assertThat(event.thrown()).isSameAs(thrown);
    assertThat(event.exchange()).isSameAs(exchange);
    noMoreLogs();
    sonde.nextExchange();
    sonde.ignoreErrors();
  }

  @ParameterizedTest
  @EnumSource
  void shipsOneAfterTheOther(Setup setup) {
    start(setup);
    for (int i = 0; i < 100; i++) {
      logger.info("event {} of {}", i, "100");
    }
    written(100);

    for (int i = 0; i < 100; i++) {
      assertThat(sonde.nextLog().message()).isEqualTo("event " + i + " of 100");
    }
    noMoreLogs();
  }

  @Test
  void mapsEveryLevel() {
    start(Setup.SYNC);
    Level[] levels = {
      Level.TRACE,
      Level.DEBUG,
      Level.INFO,
      Level.WARN,
      Level.ERROR,
      Level.FATAL,
      Level.forName("NOTICE", 350),
      Level.forName("DIAG", 250),
      Level.forName("VERBOSE", 1_000)
    };
    int[] expected = {1, 2, 3, 4, 5, 5, 3, 4, 1};
    for (Level level : levels) {
      logger.log(level, level.name());
    }

    for (int i = 0; i < levels.length; i++) {
      LogEvent event = sonde.nextLog();
      assertThat(event.message()).isEqualTo(levels[i].name());
      assertThat(event.level()).as(levels[i].name()).isEqualTo(expected[i]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesOutWhatTheApplicationHasDisabled(Setup setup) {
    start(setup);
    context.getConfiguration().getLoggerConfig("com.acme").setLevel(Level.WARN);
    context.updateLoggers();
    logger.info("disabled");
    logger.warn("enabled");

    assertThat(sonde.nextLog().message()).isEqualTo("enabled");
    noMoreLogs();
  }

  @ParameterizedTest
  @EnumSource
  void leavesOutWhatItsFilterDenies(Setup setup) {
    start(
        setup.allAsync ? new AsyncLoggerContext("test") : new LoggerContext("test"),
        setup.xml("<RegexFilter regex='.*secret.*' onMatch='DENY' onMismatch='NEUTRAL'/>"));
    appendTo(context.getConfiguration().getRootLogger());
    appendTo(context.getConfiguration().getLoggerConfig("com.acme"));
    logger.info("a secret");
    logger.info("told");
    written(1);

    assertThat(sonde.nextLog().message()).isEqualTo("told");
    noMoreLogs();
  }

  @ParameterizedTest
  @EnumSource
  void leavesOutLevelsThatAreNotWanted(Setup setup) {
    start(setup);
    sonde.recorder().logLevels(LogLevels.from(4));
    try {
      logger.info("not wanted");
      logger.warn("wanted");
    } finally {
      sonde.recorder().logLevels(LogLevels.from(1));
    }
    written(2);

    assertThat(sonde.nextLog().message()).isEqualTo("wanted");
    noMoreLogs();
  }

  /** What is handed on to the parent after that is still the same event. */
  @Test
  void shipsWhatAnAppenderLogsMeanwhile() {
    start(Setup.SYNC);
    Logger inner = context.getLogger("org.example.Kafka");
    LoggerConfig config = context.getConfiguration().getLoggerConfig("com.acme");
    Appender talking =
        new org.apache.logging.log4j.core.appender.AbstractAppender("talking", null, null) {
          @Override
          public void append(org.apache.logging.log4j.core.LogEvent event) {
            if (event.getLoggerName().equals("com.acme.Orders")) {
              inner.warn("not connected");
            }
          }
        };
    talking.start();
    config.addAppender(talking, null, null);
    logger.info("order");
    logger.info("next");

    assertThat(sonde.nextLog().message()).isEqualTo("order");
    assertThat(sonde.nextLog().message()).isEqualTo("not connected");
    assertThat(sonde.nextLog().message()).isEqualTo("next");
    assertThat(sonde.nextLog().message()).isEqualTo("not connected");
    noMoreLogs();
  }

  @ParameterizedTest
  @EnumSource
  void shipsTheApplicationsContextAsItWas(Setup setup) {
    start(setup);
    ThreadContext.put("customer", "4711");
    logger.info("first");
    ThreadContext.put("customer", "4712");
    logger.info("second");

    assertThat(sonde.nextLog().mdc()).containsExactlyEntriesOf(Map.of("customer", "4711"));
    assertThat(sonde.nextLog().mdc()).containsExactlyEntriesOf(Map.of("customer", "4712"));
  }

  @ParameterizedTest
  @EnumSource
  void shipsMarkersAndMapsAsLabels(Setup setup) {
    start(setup);
    ThreadContext.put("customer", "4711");
    logger.info(MarkerManager.getMarker("AUDIT"), "marked");
    StructuredDataMessage paid = new StructuredDataMessage("id", "paid", "payment");
    paid.put("order", "7");
    logger.info(paid);
    logger.info("next");

    assertThat(sonde.nextLog().mdc())
        .containsExactlyInAnyOrderEntriesOf(Map.of("customer", "4711", "marker", "AUDIT"));
    assertThat(sonde.nextLog().mdc())
        .containsExactlyInAnyOrderEntriesOf(Map.of("customer", "4711", "order", "7"));
    assertThat(sonde.nextLog().mdc()).containsExactlyEntriesOf(Map.of("customer", "4711"));
  }

  // ---- ids in the context ----------------------------------------------------------------------

  @Test
  void answersForIdsWhileARequestIsServed() throws Exception {
    sonde.serving(
        () -> {
          assertThat(ThreadContext.get("traceId")).hasSize(32);
          assertThat(ThreadContext.get("spanId")).hasSize(16);
          assertThat(ThreadContext.get("requestId")).isEqualTo(ThreadContext.get("traceId"));
          assertThat(ThreadContext.get("other")).isNull();
          assertThat(ThreadContext.containsKey("traceId")).isTrue();
          assertThat(ThreadContext.containsKey("other")).isFalse();
          assertThat(ThreadContext.getContext()).containsOnlyKeys("traceId", "spanId", "requestId");
          assertThat(ThreadContext.getImmutableContext())
              .containsOnlyKeys("traceId", "spanId", "requestId");
        });
    sonde.nextExchange();

    assertThat(ThreadContext.get("traceId")).isNull();
    assertThat(ThreadContext.containsKey("traceId")).isFalse();
    assertThat(ThreadContext.getContext()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void printsIdsThroughAPattern(Setup setup) throws Exception {
    start(setup);
    ThreadContext.put("own", "value");
    Exchange exchange = sonde.serving(() -> logger.info("hello"));
    logger.info("outside");

    assertThat(written(2))
        .contains("hello " + exchange.traceIdString() + " value|")
        .contains("outside  value|")
        .doesNotContain("hello  value|");
    sonde.nextExchange();
  }

  @ParameterizedTest
  @EnumSource
  void leavesAKeyToTheApplicationThatSetsIt(Setup setup) throws Exception {
    start(setup);
    sonde.serving(
        () -> {
          ThreadContext.put("traceId", "mine");
          assertThat(ThreadContext.get("traceId")).isEqualTo("mine");
          assertThat(ThreadContext.getContext()).containsEntry("traceId", "mine");
          logger.info("hello");
        });

    assertThat(written(1)).isEqualTo("hello mine |hello mine |");
    assertThat(sonde.nextLog().mdc()).containsEntry("traceId", "mine");
    sonde.nextExchange();
  }

  @Test
  void idsDoNotStayWithACopyThatComesBack() throws Exception {
    sonde.serving(
        () -> {
          ThreadContext.put("customer", "4711");
          Map<String, String> copy = ThreadContext.getContext();
          ThreadContext.clearMap();
          ThreadContext.putAll(copy);
          assertThat(ThreadContext.get("traceId")).isEqualTo(copy.get("traceId"));
        });
    sonde.nextExchange();

    assertThat(ThreadContext.getContext()).containsExactlyEntriesOf(Map.of("customer", "4711"));
  }

  @Test
  void leavesTheContextAloneWhenOff() throws Exception {
    start(Setup.SYNC);
    sonde.recorder().mdc(false);
    try {
      sonde.serving(
          () -> {
            assertThat(ThreadContext.get("traceId")).isNull();
            logger.info("hello");
          });
    } finally {
      sonde.recorder().mdc(true);
    }

    assertThat(written(1)).isEqualTo("hello  |hello  |");
    sonde.nextExchange();
  }

  // ---- an application that ships by itself ----------------------------------------------------

  @Test
  void noticesAnAppenderThatShipsToLogstash() throws Exception {
    try (ServerSocket logstash = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(shipperInUse()).isNull();
      start(new LoggerContext("test"), shipping(logstash, "<AppenderRef ref='LOGSTASH'/>"));
      assertThat(shipperInUse()).isEqualTo("SocketAppender LOGSTASH");
      context.stop();
      assertThat(shipperInUse()).isNull();
    }
  }

  @Test
  void doesNotMindAnAppenderThatNoLoggerRefersTo() throws Exception {
    try (ServerSocket logstash = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      start(new LoggerContext("test"), shipping(logstash, ""));

      assertThat(shipperInUse()).isNull();
    }
  }

  private static String shipping(ServerSocket logstash, String reference) {
    return String.format(
        "<Configuration status='OFF'><Appenders><Socket name='LOGSTASH' host='127.0.0.1' port='%d'>"
            + "<PatternLayout pattern='%%msg%%n'/></Socket></Appenders>"
            + "<Loggers><Root level='all'>%s</Root></Loggers></Configuration>",
        logstash.getLocalPort(), reference);
  }

  /** What a watch that starts now is told. */
  private static String shipperInUse() {
    AtomicReference<String> told = new AtomicReference<>();
    sonde.recorder().logShippers().watch(SocketAppenderReader::inUse, told::set);
    return told.get();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.logback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static net.logstash.logback.argument.StructuredArguments.array;
import static net.logstash.logback.argument.StructuredArguments.entries;
import static net.logstash.logback.argument.StructuredArguments.kv;
import static net.logstash.logback.argument.StructuredArguments.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.LogEvent;
import io.sonde.agent.recording.LogLevels;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import net.logstash.logback.appender.LogstashTcpSocketAppender;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.marker.LogstashMarker;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

class LogbackInstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new LogbackInstrumentation());

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger logger = context.getLogger("com.acme.Orders");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeEach
  void logsToMemory() {
    context.reset();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender());
  }

  @AfterEach
  void forgets() {
    MDC.clear();
    context.reset();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF); // as other tests found it
  }

  /** Writes {@code message traceId own|} to {@link #out}. */
  private Appender<ILoggingEvent> appender() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg %X{traceId} %X{own}|");
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(out);
    appender.start();
    return appender;
  }

  private String written() {
    return out.toString(UTF_8);
  }

  // ---- events ----------------------------------------------------------------------------------

  @Test
  void shipsAnEventAsTheApplicationLoggedIt() throws Exception {
    Exception thrown = new IllegalStateException("no stock");
    long before = System.currentTimeMillis();
    Exchange exchange = sonde.serving(() -> logger.error("order {} failed", 7, thrown));

    LogEvent event = sonde.nextLog();
    assertThat(event.level()).isEqualTo(5);
    assertThat(event.logger()).isEqualTo("com.acme.Orders");
    assertThat(event.message()).isEqualTo("order 7 failed");
    assertThat(event.threadName()).isEqualTo(Thread.currentThread().getName());
    assertThat(event.epochMillis()).isBetween(before, System.currentTimeMillis());
    assertThat(event.thrown()).isSameAs(thrown);
    assertThat(event.exchange()).isSameAs(exchange);
    sonde.nextExchange();
    sonde.ignoreErrors();
  }

  @Test
  void mapsEveryLevel() {
    logger.setLevel(Level.ALL);
    logger.trace("1");
    logger.debug("2");
    logger.info("3");
    logger.warn("4");
    logger.error("5");

    for (int level = 1; level <= 5; level++) {
      LogEvent event = sonde.nextLog();
      assertThat(event.level()).isEqualTo(level);
      assertThat(event.message()).isEqualTo(String.valueOf(level));
    }
  }

  @Test
  void shipsAnEventOnceHoweverManyAppenders() {
    logger.addAppender(appender());
    context.getLogger("com.acme").addAppender(appender());
    logger.info("once");
    logger.info("after");

    assertThat(written()).isEqualTo("once  |once  |once  |after  |after  |after  |");
    assertThat(sonde.nextLog().message()).isEqualTo("once");
    assertThat(sonde.nextLog().message()).isEqualTo("after");
  }

  @Test
  void leavesOutWhatTheApplicationHasDisabled() {
    logger.setLevel(Level.WARN);
    logger.info("disabled");
    logger.warn("enabled");

    assertThat(sonde.nextLog().message()).isEqualTo("enabled");
  }

  @Test
  void leavesOutLevelsThatAreNotWanted() {
    sonde.recorder().logLevels(LogLevels.from(4));
    try {
      logger.info("not wanted");
      logger.warn("wanted");
    } finally {
      sonde.recorder().logLevels(LogLevels.from(1));
    }

    assertThat(sonde.nextLog().message()).isEqualTo("wanted");
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
  void shipsAMarkerAsALabel() {
    MDC.put("customer", "4711");
    logger.info(MarkerFactory.getMarker("AUDIT"), "marked");
    logger.info("next");

    assertThat(sonde.nextLog().mdc())
        .containsExactlyInAnyOrderEntriesOf(Map.of("customer", "4711", "marker", "AUDIT"));
    assertThat(sonde.nextLog().mdc()).containsExactlyEntriesOf(Map.of("customer", "4711"));
    assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("customer");
  }

  @Test
  void shipsTheEncodersMarkersAsLabels() {
    LogstashMarker order = Markers.append("order", 7);
    order.and(Markers.appendEntries(Map.of("a", 1, "b", new int[] {2, 3})));
    Marker audit = MarkerFactory.getMarker("AUDIT with a detail");
    audit.add(Markers.appendRaw("detail", "{}"));
    logger.info(order, "marked");
    logger.info(audit, "marked");

    assertThat(sonde.nextLog().mdc())
        .containsExactlyInAnyOrderEntriesOf(Map.of("order", "7", "a", "1", "b", "[2, 3]"));
    assertThat(sonde.nextLog().mdc())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("marker", "AUDIT with a detail", "detail", "{}"));
  }

  @Test
  void shipsStructuredArgumentsAsLabels() {
    Map<String, Object> entries = new HashMap<>();
    entries.put("a", 1);
    entries.put("b", null);
    entries.put(null, 2);
    logger.info(
        "order {} of {}, {}",
        kv("order", 7, "{0}->{1}"),
        value("customer", "4711"),
        "plain",
        array("items", "x", "y"),
        entries(entries),
        kv("nothing", null));

    LogEvent event = sonde.nextLog();
    assertThat(event.message()).isEqualTo("order order->7 of 4711, plain");
    assertThat(event.mdc())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("order", "7", "customer", "4711", "items", "[x, y]", "a", "1"));
  }

  /** {@code logger.atInfo().addKeyValue("order", 7).log("paid")}, with SLF4J 2. */
  @Test
  void shipsKeyValuePairsAsLabels() throws Exception {
    Class<?> api = builderOfSlf4j2();
    Object builder = logger.getClass().getMethod("atInfo").invoke(logger);
    Method addKeyValue = api.getMethod("addKeyValue", String.class, Object.class);
    addKeyValue.invoke(builder, "order", 7);
    addKeyValue.invoke(builder, "customer", null);
    api.getMethod("log", String.class).invoke(builder, "paid");
    logger.info("next");

    LogEvent event = sonde.nextLog();
    assertThat(event.message()).isEqualTo("paid");
    assertThat(event.mdc()).containsExactlyEntriesOf(Map.of("order", "7"));
    assertThat(sonde.nextLog().mdc()).isEmpty();
  }

  /** {@code logger.atInfo().addMarker(first).addMarker(second).log("marked")}, with SLF4J 2. */
  @Test
  void shipsTheFirstOfManyMarkersAndWhatTheyHold() throws Exception {
    Class<?> api = builderOfSlf4j2();
    Object builder = logger.getClass().getMethod("atInfo").invoke(logger);
    Method addMarker = api.getMethod("addMarker", Marker.class);
    addMarker.invoke(builder, Markers.append("order", 7));
    addMarker.invoke(builder, MarkerFactory.getMarker("FIRST"));
    addMarker.invoke(builder, MarkerFactory.getMarker("SECOND"));
    api.getMethod("log", String.class).invoke(builder, "marked");

    assertThat(sonde.nextLog().mdc())
        .containsExactlyInAnyOrderEntriesOf(Map.of("order", "7", "marker", "FIRST"));
  }

  private static Class<?> builderOfSlf4j2() {
    try {
      return Class.forName("org.slf4j.spi.LoggingEventBuilder");
    } catch (ClassNotFoundException e) {
      return abort("SLF4J 1.7 has no key-value pairs");
    }
  }

  // ---- ids in the MDC --------------------------------------------------------------------------

  @Test
  void answersForIdsWhileARequestIsServed() throws Exception {
    Exchange exchange =
        sonde.serving(
            () -> {
              assertThat(MDC.get("traceId")).hasSize(32);
              assertThat(MDC.get("spanId")).hasSize(16);
              assertThat(MDC.get("requestId")).isEqualTo(MDC.get("traceId"));
              assertThat(MDC.get("other")).isNull();
              assertThat(MDC.getCopyOfContextMap())
                  .containsOnlyKeys("traceId", "spanId", "requestId");
            });

    assertThat(exchange).isSameAs(sonde.nextExchange());
    assertThat(MDC.get("traceId")).isNull();
  }

  @Test
  void printsIdsThroughAPattern() throws Exception {
    MDC.put("own", "value");
    Exchange exchange = sonde.serving(() -> logger.info("hello"));
    logger.info("outside");

    assertThat(written()).isEqualTo("hello " + exchange.traceIdString() + " value|outside  value|");
    sonde.nextExchange();
    sonde.nextLog();
    sonde.nextLog();
  }

  @Test
  void keepsIdsThroughAnAsynchronousAppender() throws Exception {
    AsyncAppender async = new AsyncAppender();
    async.setContext(context);
    async.addAppender(appender());
    async.start();
    logger.setAdditive(false);
    logger.addAppender(async);
    Exchange exchange;
    try {
      exchange = sonde.serving(() -> logger.info("later"));
      SondeExtension.await("it is written", () -> written().endsWith("|"));
    } finally {
      logger.setAdditive(true);
      async.stop();
    }

    assertThat(written()).isEqualTo("later " + exchange.traceIdString() + " |");
    assertThat(sonde.nextLog().message()).isEqualTo("later");
    sonde.nextExchange();
  }

  @Test
  void leavesAKeyToTheApplicationThatSetsIt() throws Exception {
    sonde.serving(
        () -> {
          MDC.put("traceId", "mine");
          assertThat(MDC.get("traceId")).isEqualTo("mine");
          assertThat(MDC.getCopyOfContextMap()).containsEntry("traceId", "mine");
          logger.info("hello");
        });

    assertThat(written()).isEqualTo("hello mine |");
    assertThat(sonde.nextLog().mdc()).containsEntry("traceId", "mine");
    sonde.nextExchange();
  }

  @Test
  void idsDoNotStayWithACopyThatComesBack() throws Exception {
    sonde.serving(
        () -> {
          MDC.put("customer", "4711");
          Map<String, String> copy = MDC.getCopyOfContextMap();
          MDC.put("customer", "4712");
          MDC.setContextMap(copy);
          assertThat(MDC.get("traceId")).isEqualTo(copy.get("traceId"));
        });
    sonde.nextExchange();

    assertThat(MDC.getCopyOfContextMap()).containsExactlyEntriesOf(Map.of("customer", "4711"));
  }

  @Test
  void leavesTheMdcAloneWhenOff() throws Exception {
    sonde.recorder().mdc(false);
    try {
      sonde.serving(() -> assertThat(MDC.get("traceId")).isNull());
    } finally {
      sonde.recorder().mdc(true);
    }
    sonde.nextExchange();
  }

  // ---- an application that ships by itself ----------------------------------------------------

  @Test
  void noticesAnAppenderThatShipsToLogstash() throws Exception {
    try (ServerSocket logstash = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LogstashTcpSocketAppender shipper = shipper(logstash);

      assertThat(shipperInUse()).as("it hangs on no logger").isNull();
      context.getLogger("com.acme").addAppender(shipper);
      assertThat(shipperInUse()).isEqualTo("LogstashTcpSocketAppender LOGSTASH");
      shipper.stop();
      assertThat(shipperInUse()).isNull();
    }
  }

  @Test
  void noticesAShipperInsideOfAnAsynchronousAppender() throws Exception {
    try (ServerSocket logstash = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      AsyncAppender async = new AsyncAppender();
      async.setContext(context);
      async.addAppender(shipper(logstash));
      async.start();
      context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(async);

      assertThat(shipperInUse()).isEqualTo("LogstashTcpSocketAppender LOGSTASH");
      context.reset();
      assertThat(shipperInUse()).isNull();
    }
  }

  private LogstashTcpSocketAppender shipper(ServerSocket logstash) {
    LogstashEncoder encoder = new LogstashEncoder();
    encoder.setContext(context);
    encoder.start();
    LogstashTcpSocketAppender shipper = new LogstashTcpSocketAppender();
    shipper.setContext(context);
    shipper.setName("LOGSTASH");
    shipper.addDestination("127.0.0.1:" + logstash.getLocalPort());
    shipper.setEncoder(encoder);
    shipper.start();
    return shipper;
  }

  /** What a watch that starts now is told. */
  private static String shipperInUse() {
    AtomicReference<String> told = new AtomicReference<>();
    sonde.recorder().logShippers().watch(LogstashAppenderReader::inUse, told::set);
    return told.get();
  }
}

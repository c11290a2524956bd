// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.sonde.agent.recording.ClientIp;
import io.sonde.agent.recording.ErrorRecord;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.HealthChange;
import io.sonde.agent.recording.LogEvent;
import io.sonde.agent.recording.MessageMask;
import io.sonde.agent.recording.QueryMask;
import io.sonde.agent.recording.ServiceIdentity;
import io.sonde.agent.recording.ServiceStart;
import io.sonde.agent.recording.WallClock;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.List;
import net.logstash.logback.composite.AbstractFieldJsonProvider;
import net.logstash.logback.composite.JsonProvider;
import net.logstash.logback.composite.JsonProviders;
import net.logstash.logback.composite.LogstashVersionJsonProvider;
import net.logstash.logback.composite.loggingevent.ArgumentsJsonProvider;
import net.logstash.logback.composite.loggingevent.LogLevelJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventThreadNameJsonProvider;
import net.logstash.logback.composite.loggingevent.RawMessageJsonProvider;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;
import net.logstash.logback.stacktrace.ShortenedThrowableConverter;

/**
 * Lines as JSON, through logstash-logback-encoder: its providers write what all lines have, a
 * {@link LineFields} what one kind has. One object a line, ended by a newline:
 *
 * <pre>{"@timestamp":"2026-11-22T10:15:30.123Z","@version":"1","log.level":"INFO","message":"GET
 * /users/7 200 12 ms","service.name":"shop",…,"http.response.status_code":200,…}</pre>
 *
 * <p>Names are dotted and flat, as ecs-logging writes them; Elasticsearch reads them as objects.
 * One thread.
 */
final class LineEncoder {

  private static final int MAX_MESSAGE = 16 * 1024;

  /** Where a stack trace follows. */
  private static final int MAX_MESSAGE_BEFORE_STACK = 8 * 1024;

  private final LoggingEventCompositeJsonEncoder encoder = new LoggingEventCompositeJsonEncoder();
  private final ShortenedThrowableConverter stackTraces;
  private final LineBudget budget = new LineBudget();
  private final ExchangeFields exchanges;
  private final MessageMask messages;
  private final LabelNames names;
  private final int constantBytes;

  /**
   * @param foldedFrames beginnings of class names, see {@link ThrownText#converter}
   */
  LineEncoder(
      ServiceIdentity identity,
      QueryMask queries,
      MessageMask messages,
      ClientIp clientIp,
      LabelNames names,
      List<String> foldedFrames) {
    this.names = names;
    exchanges = new ExchangeFields(queries, clientIp);
    stackTraces = ThrownText.converter(foldedFrames);
    this.messages = messages;
    ConstantFields constants = new ConstantFields(identity);
    // Timestamp, version, level and braces are about 110 bytes more.
    constantBytes = constants.bytes() + 200;
    QuietContext context = new QuietContext();
    encoder.setContext(context);
    // Else Jackson asks a ServiceLoader, and with it whatever lies on a class path.
    encoder.setFindAndRegisterJacksonModules(false);
    encoder.setLineSeparator("UNIX");
    encoder.setProviders(providers(constants));
    encoder.start();
    stackTraces.setContext(context);
    stackTraces.start();
  }

  /** Appends the line; what an exception leaves behind is the caller's to remove. */
  void encode(Line line, OutputStream out) throws IOException {
    budget.reset(constantBytes);
    switch (line.signal()) {
      case ACCESS:
        encoder.encode(access(line), out);
        break;
      case LOGS:
        encoder.encode(log((LogEvent) line.source()), out);
        break;
      case HEALTH:
        encoder.encode(health((HealthChange) line.source()), out);
        break;
      case LIFECYCLE:
        encoder.encode(started((ServiceStart) line.source()), out);
        break;
      default:
        encoder.encode(error((ErrorRecord) line.source()), out);
        break;
    }
  }

  /** True when the last line tells less than it was given: {@code labels.truncated}. */
  boolean cut() {
    return budget.cut();
  }

  private LoggingEvent access(Line line) {
    Exchange exchange = (Exchange) line.source();
    boolean failed = exchange.status() >= 500 || exchange.thrown() != null;
    // When it was finished, as other access logs have it: after what was logged meanwhile.
    long millis = WallClock.millis(exchange.startNanos() + exchange.durationNanos());
    LoggingEvent event = event(millis, failed ? Level.ERROR : Level.INFO, exchange.threadName());
    name(event, "sonde.access");
    message(event, AccessFields.message(exchange), MAX_MESSAGE);
    return with(event, new AccessFields(budget, exchanges, line));
  }

  private LoggingEvent log(LogEvent log) {
    LoggingEvent event = event(log.epochMillis(), level(log.level()), log.threadName());
    name(event, log.logger());
    message(event, log.message(), log.thrown() == null ? MAX_MESSAGE : MAX_MESSAGE_BEFORE_STACK);
    ThrownText thrown =
        log.thrown() == null ? null : ThrownText.of(log.thrown(), stackTraces, messages);
    return with(event, new LogFields(budget, exchanges, names, messages, log, thrown));
  }

  private LoggingEvent error(ErrorRecord error) {
    LoggingEvent event = event(error.epochMillis(), Level.ERROR, error.threadName());
    name(event, "sonde.errors");
    ThrownText thrown = ThrownText.of(error.thrown(), stackTraces, messages);
    message(event, ErrorFields.message(error, thrown), MAX_MESSAGE_BEFORE_STACK);
    return with(event, new ErrorFields(budget, exchanges, error, thrown));
  }

  private LoggingEvent health(HealthChange change) {
    Level level = change.worse() ? Level.WARN : Level.INFO;
    LoggingEvent event = event(change.epochMillis(), level, "sonde-health");
    name(event, "sonde.health");
    message(event, change.message(), MAX_MESSAGE);
    return with(event, new HealthFields(budget, names, change));
  }

  private LoggingEvent started(ServiceStart start) {
    LoggingEvent event = event(start.epochMillis(), Level.INFO, "sonde-start");
    name(event, "sonde.lifecycle");
    message(event, start.message(), MAX_MESSAGE);
    return with(event, new StartFields(budget, start));
  }

  private LoggingEvent event(long epochMillis, Level level, String threadName) {
    LoggingEvent event = new LoggingEvent();
    event.setTimeStamp(epochMillis);
    event.setLevel(level);
    event.setThreadName(fitting("process.thread.name", threadName, LineFields.SHORT));
    // Null would make logback ask its MDC, and with it look for the application's logging.
    event.setMDCPropertyMap(Collections.<String, String>emptyMap());
    return event;
  }

  private void name(LoggingEvent event, String logger) {
    event.setLoggerName(fitting("log.logger", logger, LineFields.NAME));
  }

  private void message(LoggingEvent event, String message, int maxBytes) {
    event.setMessage(fitting("message", message, maxBytes));
  }

  private static LoggingEvent with(LoggingEvent event, LineFields fields) {
    event.setArgumentArray(new Object[] {fields});
    return event;
  }

  private String fitting(String name, String value, int maxBytes) {
    String fitting = budget.take(name, value, maxBytes);
    return fitting == null ? "" : fitting;
  }

  private static Level level(int level) {
    switch (level) {
      case 1:
        return Level.TRACE;
      case 2:
        return Level.DEBUG;
      case 3:
        return Level.INFO;
      case 4:
        return Level.WARN;
      default:
        return Level.ERROR;
    }
  }

  private static JsonProviders<ILoggingEvent> providers(ConstantFields constants) {
    JsonProviders<ILoggingEvent> providers = new JsonProviders<>();
    providers.addProvider(new TimestampProvider());
    providers.addProvider(new LogstashVersionJsonProvider<>());
    providers.addProvider(named("log.level", new LogLevelJsonProvider()));
    // The raw message: the formatted one would fill in a brace pair of a hostile path.
    providers.addProvider(named("message", new RawMessageJsonProvider()));
    providers.addProvider(named("log.logger", new LoggerNameJsonProvider()));
    providers.addProvider(named("process.thread.name", new LoggingEventThreadNameJsonProvider()));
    providers.addProvider(constants);
    providers.addProvider(new ArgumentsJsonProvider());
    return providers;
  }

  private static JsonProvider<ILoggingEvent> named(
      String field, AbstractFieldJsonProvider<ILoggingEvent> provider) {
    provider.setFieldName(field);
    return provider;
  }
}

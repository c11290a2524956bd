// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Log events, access events and errors as JSON lines, to Logstash, to Elasticsearch, to a rolling
 * file and to standard output.
 *
 * <pre>
 *  sonde-pipeline          │ sonde-logs-logstash · -lumberjack · -elasticsearch · -file · -stdout
 *  LogExporter ─▶ Line ────┼─▶ LogDestination: queue ─▶ LineEncoder ─▶ LineBatch ─▶ LineSink
 *                          │   (8,192 lines, 4 MB)      (once a line)   (32 KB; 256 KB where acked)
 * </pre>
 *
 * <p>Each destination has a queue, a thread and an encoder of its own, and accounts per signal
 * ({@link io.sonde.agent.exporter.logs.LineTally}): what is taken is sent, waits, or is dropped
 * with a reason. A queue that is half full takes no more access events, one that is nine tenths
 * full no more log events; errors are taken to the end.
 *
 * <p><b>Who says that a line has arrived.</b> Logstash's TCP input, a file and standard output say
 * nothing: their lines are sent. Elasticsearch's {@code _bulk} and Lumberjack, the protocol of
 * Beats, answer: {@link io.sonde.agent.exporter.logs.AckedSink} keeps a batch ({@link
 * io.sonde.agent.exporter.logs.OpenLines}) until an {@link
 * io.sonde.agent.exporter.logs.AckingServer} has settled each of its lines as acked or dropped.
 * What it leaves open is sent again, after a while or to the next server. Elasticsearch knows by a
 * line's id when it comes twice; Lumberjack has no ids, and a window whose acknowledgement is lost
 * comes twice.
 *
 * <p><b>What the libraries do.</b> logstash-logback-encoder turns a logback event into JSON: its
 * providers write time, level, logger, thread, message and constants, a structured argument per
 * kind of line ({@link io.sonde.agent.exporter.logs.LineFields}) the rest; its converter writes
 * stack traces. Logback's rolling file appender writes and rolls the file. Both live in a context
 * that is made by hand ({@link io.sonde.agent.exporter.logs.QuietContext}): slf4j's {@code
 * LoggerFactory} is never asked, so no configuration is looked for, no thread started, nothing
 * printed.
 *
 * <p><b>What they do not do.</b> The encoder's {@code LogstashTcpSocketAppender} is not used. It
 * counts nothing: an event that finds its ring buffer full is told to a status list, and what lies
 * in its stream's buffer when a connection breaks, up to 8 KB, is told to nobody
 * (logstash-logback-encoder#218, #329). It offers no way to learn which events those were, so
 * neither counting nor resending can be added from outside. {@link
 * io.sonde.agent.exporter.logs.LogstashSink} keeps whole lines until they had time to arrive.
 * Standard output is written past logback's console appender, which goes through {@code System.out}
 * and its lock.
 *
 * <p>Field names are flat and dotted ({@code "http.request.method"}), as ecs-logging writes them:
 * Elasticsearch makes objects of them, and Logstash's {@code json_lines} passes them on.
 */
package io.sonde.agent.exporter.logs;

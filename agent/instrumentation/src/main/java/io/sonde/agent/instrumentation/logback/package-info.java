// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Logback 1.0.13 to 1.6 of the application.
 *
 * <pre>
 *  Logger.callAppenders                      an enabled event, after the application's own appenders
 *  LogbackMDCAdapter.get                     our ids for keys that the application has not set
 *    .getPropertyMap .getCopyOfContextMap    the same for patterns, encoders, asynchronous appenders
 *    .setContextMap                          takes our ids out of a copy that comes back
 *  AbstractLogstash{Tcp,Udp}SocketAppender.start    the application may ship to Logstash itself
 * </pre>
 *
 * <p>{@code LogbackMDCAdapterSimple} (1.3 and later) in the same way. Ids are pulled, never put: no
 * thread keeps them. Only {@code setContextMap} could make them the application's own, with the
 * copy that {@code getCopyOfContextMap} gave: they would then win over those of the thread's next
 * request. So what the thread would be answered anyway is not stored.
 *
 * <p>Runs on the thread that logs, once an event however many appenders there are. The message is
 * formatted by the event itself, which keeps it. Its first marker and, from 1.3 on, its key-value
 * pairs become labels beside the MDC, and so do the names and values that the arguments and markers
 * of logstash-logback-encoder hold; those markers' own names, {@code LS_…}, do not.
 */
package io.sonde.agent.instrumentation.logback;

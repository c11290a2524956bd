// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Log4j 2, from 2.7 on, of the application.
 *
 * <pre>
 *  LoggerConfig.processLogEvent            an event that its logger's filter has let through
 *  RingBufferLogEvent.setValues            the same of an asynchronous logger, before it is queued
 *  ThreadContext.get .containsKey          our ids for keys that the application has not set
 *    .getContext .getImmutableContext      the same, whole
 *    .putAll                               takes our ids out of a copy that comes back
 *  ThreadContextDataInjector….injectContextData    the same for events, so for patterns and layouts
 *  AppenderControl                         the application may ship to Logstash itself
 * </pre>
 *
 * <p>On the thread that logs, once an event, before the application's appenders: behind them an
 * asynchronous logger has taken the message apart, or has not begun. {@code processLogEvent} calls
 * itself for each parent; the bridge tells which call was the first. Ids are pulled, never put, as
 * with Logback's MDC. The marker and what a {@code MapMessage} says become labels beside the
 * context map.
 *
 * <p>An asynchronous logger whose configuration has a filter of its own is asked on its thread
 * only: its events have their ids in the context map, and the exchange is not known. Not seen:
 * {@code ContextDataInjector}s of the application's own, and {@code ${ctx:…}} and {@code
 * ThreadContextMapFilter} do not see our ids where they are asked without an event.
 */
package io.sonde.agent.instrumentation.log4j2;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Log4j 1.2.17 and reload4j 1.2 of the application.
 *
 * <pre>
 *  Category.callAppenders       an enabled event, after the application's own appenders
 *  MDC.get                      our ids for keys that the application has not set
 *  LoggingEvent.getMDCCopy      the same for asynchronous appenders and layouts that print all
 * </pre>
 *
 * <p>On the thread that logs. Ids are pulled, never put. {@code MDC.getContext} is as it was: it is
 * the thread's table itself. The bridges that bring classes of these names, {@code
 * log4j-over-slf4j} and {@code log4j-1.2-api}, are left alone: theirs are SLF4J's and Log4j 2's
 * events.
 */
package io.sonde.agent.instrumentation.log4j1;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * {@code java.util.logging} of JDK 8 to 25, and what comes by it: {@code System.Logger} without a
 * provider of the application's own, Tomcat's JULI.
 *
 * <pre>
 *  Logger.log(LogRecord)    a record that its level has let through, after the handlers
 * </pre>
 *
 * <p>On the thread that logs. The message is localized and formatted as the JDK's formatters do.
 * Only the logger itself is asked: its {@code LogManager} is the application's affair, and is there
 * already when a logger is. A record that one of its handlers hands to SLF4J or Log4j 2 is their
 * event, or none.
 *
 * <p>Not seen: records of a logger that has a filter of its own, which would be asked twice;
 * loggers of a subclass with a {@code log(LogRecord)} of its own, unless it calls that of its super
 * class. Bridges other than {@code SLF4JBridgeHandler} and {@code Log4jBridgeHandler} make two
 * events of one.
 */
package io.sonde.agent.instrumentation.jul;

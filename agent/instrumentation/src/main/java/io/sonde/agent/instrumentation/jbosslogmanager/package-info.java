// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * JBoss LogManager 2.0 to 3.2, of WildFly and Quarkus: {@code java.util.logging} with loggers of
 * its own.
 *
 * <pre>
 *  LoggerNode.publish          a record that level and filters have let through, before its handlers
 *  MDC.get .getObject          our ids for keys that the application has not set
 *  ExtLogRecord.copyMdc .getMdcCopy    the same for formatters and asynchronous handlers
 * </pre>
 *
 * <p>On the thread that logs, once a record: {@code publish} calls itself for each parent, and the
 * bridge tells which call was the first. Ids are pulled, never put. {@code MDC.copy} is as it was:
 * a copy comes back key by key, and our ids would stay.
 */
package io.sonde.agent.instrumentation.jbosslogmanager;

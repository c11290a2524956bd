// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Undertow 2.0 to 2.4: requests of its handlers, and of its servlet container in javax (to 2.2) and
 * jakarta (2.3), HTTP/1.1 and HTTP/2; and what a server built with {@code Undertow.builder()} tells
 * of itself (Spring Boot; not inside WildFly).
 *
 * <pre>
 *  Connectors.executeRootHandler ─────────────────────────────────────────┐ I/O thread, then
 *    │                           first: headers, ids; always: scope       │ worker's
 *    ├─ ServletInitialHandler.dispatchRequest    the servlet's mapping    │
 *    └─ LoggingExceptionHandler.handleThrowable  an exception has escaped │
 *  HttpServerExchange.getResponseChannel         adds the request id      │ any thread
 *    .invokeExchangeCompleteListeners            end ─────────────────────┘ any thread
 *  HttpReadListener.sendBadRequestAndClose       400 of the parser, start and end
 *  EnhancedQueueExecutor.tryExecute, .safeRun    a task of the worker keeps its context;
 *    or $Task.run                                XNIO 3.3 has the JDK's pool there
 *  Undertow.start, .stop                         a server accepts, or no more
 * </pre>
 *
 * <p>An Undertow exchange is made for one request and goes with it from thread to thread, so it is
 * the key of what Sonde has attached. (Its own attachments want a key object, which would be a
 * field of Sonde's that copied code cannot have.) The exchange is over when both request and
 * response are, or their connection is: Undertow's own access log is written at that moment.
 *
 * <p>Read: method, decoded path, query, a few headers, the connection's peer, the status that was
 * sent (none where nothing was), the attachment in which Undertow keeps what a handler has thrown.
 * Written: the response headers that Sonde gives back.
 *
 * <p>An {@code IOException} over a connection that is closed is the client's leaving, not the
 * handler's failure.
 *
 * <p>An upgrade from HTTP/1.1 to HTTP/2 is an exchange of its own, with status 101, beside that of
 * the stream on which its request goes on.
 *
 * <p><b>Not seen:</b> exceptions of servlets in a deployment with an {@code ExceptionHandler} of
 * its own; what an I/O callback of a {@code Sender} serves; how long a request that the parser
 * refuses took to arrive, and its headers. AJP goes the same way, but is not tested; nor are
 * servlets on 2.4.
 *
 * <p>{@link io.sonde.agent.instrumentation.undertow.UndertowServerReader} reads the connectors'
 * statistics later, on Sonde's thread. Where those are off ({@code UndertowOptions.
 * ENABLE_STATISTICS}), nothing is said of sockets: XNIO's server bean has a number, too, but asks
 * the I/O threads for it and waits for them.
 *
 * <p>The limit of the threads is the worker's, by its bean, from 2.2 on. How many are busy JBoss
 * Threads counts only with {@code -Djboss.threads.eqe.statistics.active-count=true}; else nothing
 * is said of it.
 */
package io.sonde.agent.instrumentation.undertow;

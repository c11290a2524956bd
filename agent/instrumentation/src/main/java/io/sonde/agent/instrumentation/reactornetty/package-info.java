// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Reactor Netty 1.0 to 1.3, and so Spring WebFlux and {@code WebClient}: who is served and who has
 * called, where that cannot be seen in Netty. The exchanges themselves are {@code netty}'s.
 *
 * <pre>
 *  new HttpClientConnect$HttpClientHandler       subscribed to: the caller is noted    caller's thread
 *  HttpClientHandler.test                        once more, for a redirect             ┐
 *  HttpIOHandlerObserver.onStateChange           scope in which the head is written    │ event loop
 *  HttpTrafficHandler.run                        scope of a pipelined request          │
 *  HttpServerOperations.onOutboundError          failed                                ┘
 * </pre>
 *
 * <p>Subscribing finds or makes a connection; the request is written in the stack of whatever
 * brought the connection: a task, the end of a connect or of a handshake, another call's end. So
 * what the subscriber's thread serves is kept with the call, in the bridge's table, until then. A
 * response is handed over in its caller's context, and what follows in the chain runs in it.
 *
 * <p><b>Not seen:</b> HTTP/3. An exception that the handler itself throws, rather than what it
 * returns: the server drops the connection. Calls that get no connection. A body that is not ready
 * when the connection is: its head is written from where the first part comes, in that thread's
 * context. The caller of an attempt that is made again because the connection was closed. Operators
 * that change threads by Reactor's own schedulers are carried by the JDK's executors under them.
 */
package io.sonde.agent.instrumentation.reactornetty;

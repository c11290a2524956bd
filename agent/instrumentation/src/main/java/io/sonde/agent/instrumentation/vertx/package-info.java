// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Vert.x 4 and 5: who is served, where that cannot be seen in Netty. The exchanges themselves are
 * {@code netty}'s.
 *
 * <pre>
 *  VertxHandler.channelRead            notes whose exchange a request is            event loop
 *  Http1[x]ServerConnection.handleNext scope of a pipelined request                 event loop
 *  new Http1[x]ServerRequest           the request's context gets its exchange    ┐
 *  new [Default]Http2ServerStream      the same, of HTTP/2                        │ event loop, or
 *  Context….beginDispatch, endDispatch scope of every handler that it calls       │ the context's
 *  ContextImpl.reportException         failed; with exceptions.recover a 500      ┘ worker
 * </pre>
 *
 * <p>Vert.x makes a context for each request, in which all its handlers are called, those of
 * futures, timers and worker threads, too. The exchange lies in that context's local data; until
 * there is one, it is kept with the decoded request, in the bridge's table: pipelined requests wait
 * in a queue.
 *
 * <p><b>Not seen:</b> The caller where a thread that is not Vert.x's makes the call. Calls that get
 * no connection. WebSockets after their handshake. The event bus. What a pipelined request of
 * Vert.x 4.0 does later: that has no context of its own.
 */
package io.sonde.agent.instrumentation.vertx;

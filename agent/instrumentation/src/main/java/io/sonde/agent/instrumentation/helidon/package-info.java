// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Helidon's WebServer, 4.0 to 4.5: HTTP/1.1 and HTTP/2 (tested from 4.3 on), on virtual threads.
 *
 * <pre>
 *  LoomServer.start, .stop                    accepts; accepts no more
 *
 *  Filters.filter                             start, scope, end          ┐
 *    Http1ServerRequest.matchingPattern       route, from 4.3 on         │ the connection's thread
 *    Http1ServerResponse.send, .outputStream,                            │ or, of HTTP/2, the
 *      .sink                                  adds the request id        │ stream's
 *    ErrorHandlers.unhandledError             failed: Helidon answers    ┘
 * </pre>
 *
 * <p>The same of {@code Http2ServerRequest} and {@code Http2ServerResponse}. A handler has to
 * answer on its own thread, and what it has left open is closed before {@code filter} returns: so
 * that is the end, of a streamed response, too. Rerouting stays within it.
 *
 * <p>Read: method, path, query, the correlation headers, the peer's address, the status, patterns
 * of handlers. Written: headers that the response lacks, when the application is done with them.
 *
 * <p><b>Route.</b> The first handler's pattern that ends in no wildcard. What serves all below a
 * service ({@code any} without a path) is a mapping, as {@code /files/*} is. Up to 4.5 Helidon
 * joins the pattern to the path of its service: where a service's path has variables itself, and
 * before 4.3, routes are learned.
 *
 * <p><b>Exceptions.</b> What an error handler of the application's takes is a response, and so is
 * an {@code HttpException} below 500. A caller who went away is none; only 4.0 throws what a
 * handler might have thrown, and that is recorded.
 *
 * <p><b>Not seen:</b> requests that Helidon refuses before it routes them (what is no HTTP, too
 * many at a time), an upgrade to WebSocket before 4.5, what goes over one, and gRPC on Helidon's
 * own server. Open sockets: there is no counter.
 */
package io.sonde.agent.instrumentation.helidon;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * The JDK's own server, {@code com.sun.net.httpserver}: HTTP and HTTPS, on Java 8 to 25, whose
 * classes and methods are the same as far as they are hooked.
 *
 * <pre>
 *  ServerImpl$Exchange.run ──────────────────────────────────────────────┐ executor's thread
 *    ├─ reject(code, …)          the server itself answers: 400, 404 …   │ start and end
 *    ├─ new Http(s)ExchangeImpl  the request is parsed                   │ start
 *    └─ Filter$Chain.doFilter    filters and handler; throws             │ failed
 *         ExchangeImpl.sendResponseHeaders                               │ adds the request id
 *         ExchangeImpl.getOriginalInputStream, .close  body closed ──────┘ end, any thread
 * </pre>
 *
 * <p>{@code ServerImpl.start} and {@code .stop} say that a server accepts, or no more; its set of
 * connections and its executor are kept weakly, and {@link
 * io.sonde.agent.instrumentation.jdkhttpserver.JdkHttpServerReader} asks them for their sizes
 * later.
 *
 * <p>Read: method, URI, the correlation headers, the remote address, the context's path and its
 * handler's class. Written: the request id's response header, unless the application set it.
 *
 * <p><b>End.</b> The exchange is over when its response body is closed, by whatever thread: all
 * three body streams then ask for the request's stream, to drain it, after the last byte was
 * flushed and at no other time but on the server's own dispatcher thread later. {@code close()}
 * comes in addition where the connection is dropped. A handler that never closes its exchange leaks
 * the connection, too; here it ages out of the table.
 *
 * <p><b>Exceptions.</b> The server swallows what leaves the outermost filter and drops the
 * connection: no status, unless the headers were sent before. What a filter catches is not counted.
 * With {@code exceptions.recover} it gets no {@code Exception} to swallow where no headers were
 * sent: the advice answers 500, without a body, and the connection stays. An {@code Error} goes on
 * to end the thread, behind the answer. Java 8 and 11 answer a handler's {@code
 * NumberFormatException} with 400, and that is recorded.
 *
 * <p><b>Route.</b> A context's path is a prefix: {@code /orders} serves {@code /orders/7}, too, and
 * one on {@code /} serves all. So it is the route of a request for exactly that path only, unless a
 * framework behind it has a template; others are learned from their paths.
 *
 * <p><b>Rejected requests</b> were not parsed, so that their headers are unknown: they start a
 * trace of their own, get no request id back, and last as long as the answer takes to write.
 */
package io.sonde.agent.instrumentation.jdkhttpserver;

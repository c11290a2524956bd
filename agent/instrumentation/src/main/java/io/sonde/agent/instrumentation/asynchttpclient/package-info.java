// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * AsyncHttpClient 2.12 and 3.0 (older ones bring an older Netty): who has called. The exchanges
 * themselves are {@code netty}'s, one for each request on the wire, redirects and answers to a
 * challenge included.
 *
 * <pre>
 *  new NettyResponseFuture             a call is made: its caller is noted     caller's thread
 *  NettyRequestSender.writeRequest     scope in which a request is written     ┐ any
 *  NettyResponseFuture.done, .abort    scope in which the application is told  │ thread
 *    .cancel                                                                   ┘
 * </pre>
 *
 * <p>A new connection's request is written by whoever has connected it, and a redirect's by whoever
 * got the response, so what the caller's thread serves is kept with the call, in the bridge's
 * table, until the call is over. Handlers of a response run in its caller's context by Netty's
 * hooks.
 *
 * <p><b>Not seen:</b> calls that get no connection, and a failure to connect: Netty knows of no
 * request then. HTTP/2. A request to a pooled connection that was closed meanwhile is one exchange
 * more, as on the wire.
 */
package io.sonde.agent.instrumentation.asynchttpclient;

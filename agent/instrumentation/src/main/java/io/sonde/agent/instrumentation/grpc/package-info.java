// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * gRPC for Java 1.30 to 1.85: calls of servers and clients, unary and streaming, above whatever
 * transport: Netty, its shaded copy, OkHttp, in the same process.
 *
 * <pre>
 *  ServerImpl.ServerTransportListenerImpl     server: start                 transport's thread
 *    .streamCreated
 *  new ServerCallImpl                         the route: the method's name  ┐
 *  ServerCallImpl.sendHeaders                 our header                    │
 *  ServerCallImpl.ServerStreamListenerImpl    scope of listeners            │ the call's executor
 *    .messagesAvailable, .halfClosed,                                       │
 *    .closed, .onReady                                                      │
 *  AbstractServerStream.close,                end, by the application or    │
 *    InProcessServerStream.close              by gRPC for it                ┘
 *  ServerImpl                                 end, by the client or a       transport's thread
 *    .JumpToApplicationThread….closed         deadline
 *
 *  DelayedClientCall.start                    the caller is noted           ┐ caller's thread
 *  ClientCallImpl.start                       client: start                 │ (start: or the one
 *  ManagedChannelImpl.ChannelStreamProvider   the peer; our headers         │ that has resolved
 *    .newStream                                                             │ the name)
 *  new ClientCallImpl.ClientStreamListenerImpl  the caller is noted         ┘
 *  ….headersRead, .messagesAvailable, .onReady  scope: the caller's         transport's thread
 *  ….closed                                   client: end                   transport's thread
 *  ClientCallImpl.closeObserver               end if cancelled or not sent  the call's executor
 * </pre>
 *
 * <p><b>Server.</b> Where the transport's thread serves a request already, since Netty or a servlet
 * container is instrumented, that exchange is the call's: it gets route, handler, status and
 * exception, and no second one begins. The clock stops when the call is closed, not when its last
 * message has left. The thread serves the exchange while a stream is created, so that what its
 * executor runs does, and in each event.
 *
 * <p><b>Client.</b> One exchange a call, whatever attempts it is made of. Events are handed to the
 * call's executor in the context of the caller.
 *
 * <p><b>Status.</b> gRPC's code is kept; the status is the one that {@code google/rpc/code.proto}
 * has for it.
 *
 * <p><b>Read:</b> the method's name, the correlation headers, the transport's remote address, the
 * channel's authority, the status and its cause. <b>Written:</b> headers that the call's metadata
 * lack. An exchange is kept for its stream, call and listener in the bridge's table.
 *
 * <p><b>Not seen:</b> the time that a call waits for its target's name, and a call that ends while
 * it waits. Who is served or has called, in executors that are none of the JDK's (see {@code
 * executors}). Channels that a load balancer has of its own: their calls have no peer and no
 * headers of ours. Calls of other libraries' gRPC (Vert.x, Armeria) are requests of HTTP/2.
 */
package io.sonde.agent.instrumentation.grpc;

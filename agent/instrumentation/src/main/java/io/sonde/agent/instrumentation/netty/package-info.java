// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Netty 4.1 (from 4.1.53) and 4.2: that a server accepts, and the requests of servers and clients
 * over HTTP/1.1 and HTTP/2, with or without TLS, and so of what is built on Netty's codecs.
 *
 * <pre>
 *  Nio-, Epoll- and KQueueServerSocketChannel.doBind    a server accepts
 *
 *  HttpObjectDecoder.decode                   server: start; client: end    ┐
 *  HttpObjectDecoder.decodeLast               client: end, by the closing   │
 *  ByteToMessageDecoder.fireChannelRead       scope while handlers get it   │ the channel's
 *  HttpObjectEncoder.encode                   server: end; client: start    │ executor
 *  HttpObjectEncoder.encodeHeaders            our headers, before the last  │
 *  AbstractChannelHandlerContext              line of the head              │
 *    .invokeExceptionCaught                   failed                        │
 *  DefaultChannelPipeline                     with exceptions.recover: a    │
 *    .onUnhandledInboundException             500, where none has answered  │
 *  ByteToMessageDecoder.channelInactive       end of what was cut off       │
 *                                                                           │
 *  DefaultHttp2ConnectionDecoder              server: start; client: end;   │
 *    .FrameReadListener.onHeadersRead,        scope while handlers get it   │
 *    .onDataRead                                                            │
 *  DefaultHttp2ConnectionEncoder              client: start; our headers    │
 *    .writeHeaders0                                                         │
 *  Http2ConnectionHandler.closeStreamLocal    server: end                   │
 *    .closeStream, .channelInactive           end of what was cut off       ┘
 *
 *  SingleThreadEventExecutor.execute, .takeTask     context over event loops, see executors
 *  AbstractEventExecutor.safeExecute
 * </pre>
 *
 * <p>No handler is put into a pipeline. The requests of a connection that are not answered yet lie
 * in an attribute of its channel, an {@code ArrayDeque}, which only the channel's executor touches:
 * a server answers pipelined requests in their order, and a client gets them so.
 *
 * <p><b>Server.</b> From the head, decoded, to the last part of the final response, encoded. 1xx is
 * not the end, but 101 is, and so is 2xx to CONNECT. Closed before its head: no status. The thread
 * serves the request while handlers get its head and content; a handler in another group of
 * executors gets it with the task.
 *
 * <p><b>Client.</b> From the head, encoded, to the last part of the response, decoded. The caller
 * is what the thread serves: that of a write, which is a task when it comes from another thread.
 * While handlers get the response, the thread serves what the caller did.
 *
 * <p><b>HTTP/2.</b> The connection's own codec is below whatever is made of its streams: channels
 * of their own, with or without HTTP/1.1's messages in them, or an adapter's. An exchange lies
 * under the stream's number in an attribute of the connection's channel, from its first headers on,
 * when the stream itself is not there yet, until it is closed. A server's ends when flow control
 * has let its last frame go. Headers are added to a copy. With h2c's upgrade the request of
 * HTTP/1.1 becomes stream 1: its exchange goes on there. A request is reset: no status, or that of
 * the head. What a client writes for gRPC's own transport is that library's call: see {@code grpc}.
 *
 * <p><b>Read:</b> method, target, the correlation headers, {@code Host}, the connection's peer, the
 * status. <b>Written:</b> headers that the message lacks, into the encoded bytes: messages and
 * their headers are often shared, and never changed.
 *
 * <p><b>Not seen:</b> HTTP/3 and RTSP. CONNECT of clients, and over HTTP/2 of servers, too, and so
 * WebSockets there. What a server pushes. Who has called where a stream has to wait for another's
 * end ({@code StreamBufferingEncoder}). Connecting, and its failure: it knows of no request. Tasks
 * that event loops run later ({@code schedule}) have no context. Calls that Sonde's own threads
 * cause are seen where they are written from the channel's thread.
 *
 * <p>Netty does not tell how many connections a server has. Its event loops count the channels that
 * are registered with them, those of clients among them; to count closed ones would take a listener
 * on each channel, that is an object of Sonde's inside the application.
 */
package io.sonde.agent.instrumentation.netty;

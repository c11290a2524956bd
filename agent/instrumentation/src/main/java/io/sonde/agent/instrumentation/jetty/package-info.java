// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Jetty 9.4 to 12.1: requests at engine level, handlers and servlets (in 12 those of its
 * environments ee8 to ee11), HTTP/1.1; and what its connectors tell.
 *
 * <pre>
 *  9.4, 10 (javax), 11 (jakarta)
 *  HttpChannel.onRequest             start: clock, headers, ids        parser's thread
 *    .handle                         scope of each thread              serving threads
 *    .handleException                an exception has escaped
 *    .onBadMessage                   what was refused before a start
 *    .onCompleted                    end: where Jetty writes its log   any thread
 *  Response.newResponseMetaData      adds the request id               any thread
 *  ServletHandler.getMatchedServlet  the servlet's mapping; in older ones .getMappedServlet
 *
 *  12, all below org.eclipse.jetty.server.internal
 *  HttpChannelState.onRequest        start                             parser's thread
 *    $HandlerInvoker.run             scope of the handlers' thread
 *    $ChannelCallback.failed         an exception has escaped, or the callback was failed
 *    $ChannelResponse.lockedPrepareResponse  adds the request id       any thread
 *    [$HandlerInvoker].completeStream        end                       any thread
 *  ee10, ee11 ServletChannel.handle, ee8, ee9 nested.HttpChannel.handle
 *                                    scope of each thread, after a dispatch, too
 *    .handleException                … a servlet or filter
 *  ServletHandler.getMatchedServlet  the servlet's mapping
 *
 *  ServerConnector.doStart, .doStop  a connector accepts, or no more; oldest 9.4: .close
 * </pre>
 *
 * <p>Where a version has an interface for another's class, the advice is compiled once more,
 * against the few members that it calls ({@code src/main/stubs}). In 12 {@code HttpChannel} and
 * {@code Response} are interfaces, of which nothing is woven.
 *
 * <p>The exchange lies in an attribute of the request, {@code io.sonde.exchange}, which Jetty
 * clears with it; applications that list the attributes see it.
 *
 * <p>Read: method, URI, query, a few headers, the connection's peer, the status that was sent (none
 * where nothing was), the mapping. Written: the attribute, the response headers that Sonde gives
 * back.
 *
 * <p><b>Bad requests.</b> What cannot be parsed is counted with the method and the path that Jetty
 * has made of it: {@code GET /badMessage} in 12. A failure that Jetty knows as a bad request, or as
 * a client that has gone, is not the handler's.
 *
 * <p>Tested with 9.4.57, 10.0.26, 11.0.26, 12.0.22 (core, ee8, ee10) and 12.1.14 (core, ee11).
 *
 * <p><b>Not seen:</b> mappings in 9.4.0 to 9.4.29, where a path's class is another; tasks that an
 * application gives to the {@code QueuedThreadPool}, and what callbacks of reads and writes serve
 * in 12. HTTP/2 goes the same way, but is not tested. Jetty 12 itself does not end a request whose
 * servlet throws after {@code startAsync} before its timeout.
 *
 * <p>{@link io.sonde.agent.instrumentation.jetty.JettyServerReader} reads the number of connected
 * end points later, on Sonde's thread; {@link io.sonde.agent.instrumentation.ServerNumbers} the
 * threads that the {@code QueuedThreadPool} uses for requests: those leased to acceptors and
 * selectors count neither as busy nor towards the limit.
 */
package io.sonde.agent.instrumentation.jetty;

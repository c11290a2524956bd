// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * OkHttp 3.12 to 5, {@code execute} and {@code enqueue}, HTTP/1.1 and HTTP/2.
 *
 * <pre>
 *  ConnectInterceptor.intercept     an attempt: all of it lies inside      start, end
 *  RealInterceptorChain.proceed     of the last interceptor: it writes     headers
 *  RealCall.AsyncCall.&lt;init&gt;        enqueue, on the caller's thread        context kept
 *  RealCall.AsyncCall.run           (3: execute) the dispatcher's thread   context
 * </pre>
 *
 * <p>An exchange is one request on the wire: redirects, retries and authentication are exchanges of
 * their own, an answer out of the cache is none. It begins before a connection is looked for, so
 * that a failure to connect is one, too, and is over when the response's head is there: nothing is
 * left in flight by a body that nobody reads. OkHttp 5 may try several addresses for one attempt.
 *
 * <p>An enqueued call and its callback run in the context of the thread that enqueued it, whichever
 * thread takes it from the dispatcher's queue.
 *
 * <p>A request does not change: the last interceptor gets a copy that has the headers, if the
 * application, or a network interceptor of its, has not set them. {@code Response.request()} does
 * not show them, {@code Response.networkResponse().request()} does. Between those two hooks the
 * exchange is kept by the call's identity in the bridge's table; so is the context of a call that
 * waits.
 *
 * <p>Read: URL, method, status. Written: trace headers and request id. Not seen: failures in the
 * middle of a body, proxies' CONNECT requests, messages over a web socket (its opening is an
 * exchange with status 101).
 */
package io.sonde.agent.instrumentation.okhttp;

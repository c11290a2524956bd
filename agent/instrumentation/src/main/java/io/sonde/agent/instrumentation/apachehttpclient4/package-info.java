// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Apache HttpClient 4.3 to 4.5, synchronous.
 *
 * <pre>
 *  MainClientExec.execute         one attempt: connects, calls the next     start, failure
 *  MinimalClientExec.execute      the same of HttpClients.createMinimal     start, failure
 *  HttpRequestExecutor.execute    one request is written, one head read     headers, end
 * </pre>
 *
 * <p>All on the caller's thread. An exchange is one request on the wire: redirects and retries pass
 * the first hook again, an answer to an authentication challenge the last one only, so that each is
 * an exchange of its own. It begins before a connection is asked for, and is over when the
 * response's head is there: nothing is left in flight by a body that nobody reads.
 *
 * <p>The last hook is HttpCore's and knows an exchange by an attribute of the context, which is
 * gone when the request is written. Without one it starts an exchange itself, if the context names
 * a target: that is how the old {@code DefaultHttpClient} is seen, and HttpCore used directly.
 *
 * <p>Read: route, method, path, status. Written: trace headers and request id that neither the
 * application nor its interceptors have set. They are taken off the request again when it is sent,
 * since a second attempt sends the same object.
 *
 * <p>Not seen: a CONNECT to a proxy, failures in the middle of a body, the old client's failures to
 * connect; {@code apachehttpasyncclient4} sees HttpAsyncClient.
 */
package io.sonde.agent.instrumentation.apachehttpclient4;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Apache HttpClient 5.0 to 5.6, synchronous and asynchronous, HTTP/1.1 and HTTP/2.
 *
 * <pre>
 *  synchronous, on the caller's thread
 *    ConnectExec.execute                     one attempt: connects, calls the next  start, failure
 *    HttpRequestExecutor.execute             a request is written, a head read      headers, end
 *
 *  asynchronous
 *    InternalAbstractHttpAsyncClient
 *      .doExecute                            the submitting thread                  context
 *    AsyncProtocolExec$1.&lt;init&gt;              one attempt begins                     start
 *    ClientHttp1StreamHandler.commitRequest  its head is written                    headers
 *    ClientH2StreamHandler.commitRequest     the same over HTTP/2                   headers
 *    AsyncProtocolExec$1.handleResponse      the head was read                      context; end
 *    ClientHttp1StreamHandler.dataEnd        the body was read                      end, context
 *    ClientH2StreamHandler.consumeData       the same over HTTP/2                   end, context
 *    AsyncProtocolExec$1.completed           what follows a response                context
 *    AsyncProtocolExec$1.failed              no response, or half a body            failure, context
 *    AsyncProtocolExec.internalExecute       an attempt that throws at once         failure
 * </pre>
 *
 * <p>An exchange is one request on the wire: redirects, retries and answers to a challenge are
 * exchanges of their own. It begins before a connection is asked for. A synchronous one is over
 * when the response's head is there, an asynchronous one when its body has been read: the client
 * reads it itself, or fails.
 *
 * <p>The exchange is an attribute of the call's context while it is under way, and so is what the
 * submitting thread served: redirects and retries belong to it on whichever thread they happen, and
 * the application's callback runs in it. Nothing of the application's is wrapped.
 *
 * <p>{@code HttpRequestExecutor} starts an exchange itself when it finds none, and the request
 * names its authority: that is how {@code HttpClients.createMinimal} is seen, and HttpCore used
 * directly.
 *
 * <p>Read: route, method, path, status. Written: trace headers and request id that neither the
 * application nor its interceptors have set. They are taken off the request again when it is
 * written, since a second attempt sends the same object.
 *
 * <p>Not seen: a CONNECT to a proxy, failures in the middle of a body that the application reads
 * itself, failures to connect of the minimal client, the minimal asynchronous clients, pushed
 * responses.
 */
package io.sonde.agent.instrumentation.apachehttpclient5;

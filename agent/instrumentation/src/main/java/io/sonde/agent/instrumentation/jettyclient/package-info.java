// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Jetty's HTTP client 9.4 to 12.1, {@code send} and {@code send(listener)}.
 *
 * <pre>
 *  9.4, 10, 11: below org.eclipse.jetty.client
 *  new HttpExchange                  a request looks for a connection    start     caller's thread
 *  HttpSender.beginToHeaders         it has one                          headers   ┐
 *  ResponseNotifier.notifyBegin      a head is there: headers off again  context   │
 *    .notifyHeaders, .notifyContent, .notifySuccess, .notifyFailure      context   │ any thread
 *    .notifyComplete                 both sides are over                 end, context
 *                                                                                  │
 *  12: below org.eclipse.jetty.client.transport                                    │
 *  HttpExchange, HttpSender          the same                                      │
 *  ResponseListeners.notify…         the same                                      │
 *  HttpReceiver.responseHeaders      headers, and content                context   │
 *    .responseContentAvailable       that was waited for                 context   ┘
 * </pre>
 *
 * <p>An exchange is one request on the wire: redirects and answers to a challenge are requests of
 * their own, in Jetty, too, made by the listener of the one before, and so in its caller's context.
 * It begins before a connection is looked for. It is over when Jetty says so: response and request,
 * whichever ends last; without a status where one of them has failed.
 *
 * <p>The exchange and what its caller served are an attribute of the request, {@code
 * io.sonde.exchange}, from its start to its end. The application's listeners of the response run in
 * its caller's context.
 *
 * <p>Read: method, host, port, path, status. Written: the attribute; trace headers and request id
 * that neither the application nor its listeners have set. They are taken off the request again
 * when a response begins, since a redirect copies them all.
 *
 * <p>12 has other packages: the advice is compiled once more, against the few members that it calls
 * ({@code src/main/stubs}). Tested with 9.4.57, 10.0.26, 11.0.26, 12.0.22 and 12.1.14.
 *
 * <p><b>Not seen:</b> a CONNECT to a proxy. HTTP/2, HTTP/3 and FastCGI go the same way, but are not
 * tested. Listeners of the request ({@code onRequestBegin} …) and of each header have no context of
 * their own. In 12 what a thread that is still busy with another call reads for this one is told in
 * that one's context, which has been seen for a call of nobody. A request that has failed before
 * any response keeps its headers; no version sends it again.
 */
package io.sonde.agent.instrumentation.jettyclient;

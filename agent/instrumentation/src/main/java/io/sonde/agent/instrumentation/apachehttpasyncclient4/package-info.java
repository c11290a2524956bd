// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Apache HttpAsyncClient 4.0 and 4.1, and so the REST clients of Elasticsearch and OpenSearch that
 * use it.
 *
 * <pre>
 *  MainClientExec.prepare              a call begins              start            submitting thread
 *  DefaultClientExchangeHandlerImpl
 *    .generateRequest                  a request is to be written headers; start   ┐
 *    .responseCompleted                a response was read        end, context     │ the client's
 *    .executionFailed                  no answer, or half of one  failure, context │
 *    .executionCancelled                                          failure, context │ or any
 *    .releaseResources                 all is over                end              ┘
 *  in 4.0: failed, connectionRequestFailed; cancel, connectionRequestCancelled; close
 * </pre>
 *
 * <p>An exchange is one request on the wire: redirects and answers to a challenge are exchanges of
 * their own. The first begins before a connection is asked for, those that follow when they are
 * written. It is over when the body has been read: the client reads it itself, or fails. The
 * application's callback runs in its caller's context.
 *
 * <p>The exchange and what its caller served are an attribute of the call's context, {@code
 * io.sonde.async}. That context is known by a class that only the client's package sees, so the
 * advice is compiled against a public one of that name ({@code src/main/stubs}): copied, it is in
 * that package.
 *
 * <p>Read: target, method, path, status. Written: trace headers and request id that neither the
 * application nor its interceptors have set, into the client's own copy of the request; they are
 * taken off it again when the response was read, since an answer to a challenge is the same object.
 *
 * <p><b>Not seen:</b> a CONNECT to a proxy, a failure to connect to where a redirect leads, the
 * minimal and the pipelining client, the old {@code DefaultHttpAsyncClient}. A request that is
 * written again because its connection was closed stays one exchange.
 */
package io.sonde.agent.instrumentation.apachehttpasyncclient4;

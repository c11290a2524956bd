// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * {@code java.net.http.HttpClient}, Java 11 to 25, {@code send} and {@code sendAsync}, HTTP/1.1 and
 * HTTP/2.
 *
 * <pre>
 *  new HttpRequestImpl(request, …)        the client's own copy, made once a call     start
 *  new HttpRequestImpl(…, other, …)       the copy's copy: redirect, authentication   handed on
 *  Http1Request.collectHeaders0           the head's lines are written                headers
 *  Stream.headerFrame                     HTTP/2: the frame of headers is made        headers
 *  HttpClientImpl.lambda$sendAsync$n      the call's future is complete: a response   end
 *  MultiExchange.getExceptionalCF         no response, and no further attempt         end
 *  MultiExchange.whenCancelled  (17)      any failure, of the body, too               end
 *  Exchange.lambda$readBodyAsync$n        the body's failure (11 has no other place)  end
 * </pre>
 *
 * The copy is made on the calling thread, which gives the parent; the end is on the client's
 * threads. It counts until the body handler is done: for {@code ofString} that is the whole body,
 * for {@code ofInputStream} the head. Redirects, retries and authentication inside are part of the
 * one exchange, which is kept by the identity of the latest copy in the bridge's table.
 *
 * <p>The future that the application gets is not touched, and no object of ours hangs on it: the
 * client itself adds a dependent to it, whose body is hooked. A body of a lambda has a name that
 * the compiler made; it is found by its prefix and parameters, which all of 11, 17, 21 and 25
 * share.
 *
 * <p>Neither the application's request nor {@code HttpResponse.request().headers()} shows the
 * headers that are added, and what the application set wins. Of HTTP/1.1 they are written into the
 * head itself: the client copies its maps of headers several times a call, 700 bytes for each one.
 *
 * <p>Dependents of the future ({@code thenApply}) run on the client's threads, outside of the
 * context of the call; those with {@code …Async} get the context of the thread that adds them to an
 * executor.
 */
package io.sonde.agent.instrumentation.javahttpclient;

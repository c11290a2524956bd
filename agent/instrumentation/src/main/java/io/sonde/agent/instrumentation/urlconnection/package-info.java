// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * {@code java.net.HttpURLConnection} as the JDK implements it, Java 8 to 25. HTTPS is the same
 * class: the public object delegates to a subclass of it that overrides {@code connect} only.
 *
 * <p>Hooked, on the application's thread: {@code connect}, {@code getOutputStream}, {@code
 * getInputStream}; every other method that asks for the response calls the last. The first of them
 * starts the exchange and adds the headers while they can still be set with {@code
 * setRequestProperty}, so that the JDK keeps them over a redirect as it keeps the application's.
 *
 * <p>One exchange a connection object: redirects and retries inside are part of it, and it is over
 * when {@code getInputStream} has the last response's head, or fails. That method throws for 4xx
 * and 5xx as well; only the status counts then. The exchange is kept by the connection's identity
 * in the bridge's table; a connection that is made and never read from ages out there.
 *
 * <p>Read: URL, method, status. Written: trace headers and request id that the application has not
 * set.
 */
package io.sonde.agent.instrumentation.urlconnection;

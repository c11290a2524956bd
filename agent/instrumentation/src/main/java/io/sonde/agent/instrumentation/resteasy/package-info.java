// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Route templates and handlers of RESTEasy 4 ({@code javax}), 6 and 7 ({@code jakarta}).
 *
 * <pre>
 *  ResourceMethodInvoker.invoke      a root resource's method was chosen: base URI, path, method
 *  DefaultExceptionMapper.process    no mapper of the application's took the exception (6.1 and later)
 * </pre>
 *
 * <p>The base is the servlet's mapping (its prefix as RESTEasy was told). What no resource matches
 * has no route, and is {@code unmatched} when it is a 404.
 *
 * <p>Runs on the container's threads, in the exchange that the server's instrumentation has
 * entered; asynchronous resources are chosen there, too. Read: the request's base URI, the method's
 * path. Written: nothing.
 *
 * <p>Not seen: what a locator's sub-resource serves (it comes with its object, by the method with
 * three arguments, and knows no path but its own): that route is learned from the path. Requests
 * whose class does not extend {@code BaseHttpRequest}, and RESTEasy Reactive, which is Quarkus's
 * and another library. Tested behind the servlet only.
 */
package io.sonde.agent.instrumentation.resteasy;

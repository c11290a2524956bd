// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Route templates and handlers of Jersey 2 ({@code javax}), 3 and 4 ({@code jakarta}).
 *
 * <pre>
 *  ResourceMethodInvoker.apply    a resource's method was chosen: base URI, templates, method
 * </pre>
 *
 * <p>Called once a request, after all locators of sub-resources, whose templates are part of the
 * route. The base is what Jersey was mounted at: servlet's mapping, application path. What no
 * resource matches has no route, and is {@code unmatched} when it is a 404.
 *
 * <p>Runs on the container's threads, in the exchange that the server's instrumentation has
 * entered; asynchronous resources are chosen there, too. Read: two values of the routing context,
 * one field. Written: nothing.
 *
 * <p>Not seen: what is chosen on a thread that serves no request, as behind a pre-matching filter
 * that suspends.
 */
package io.sonde.agent.instrumentation.jersey;

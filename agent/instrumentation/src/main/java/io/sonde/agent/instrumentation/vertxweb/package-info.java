// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Route templates and exceptions of Vert.x Web 4.3 to 5.1.
 *
 * <pre>
 *  RouteState.handleContext                 a route's handler is called: its path        ┐
 *  RoutingContextImpl.fail                  failed with 5xx: failure handlers are next   │ of the
 *  RoutingContextImplBase.unhandledFailure  a failure handler has failed itself          ┘ context
 * </pre>
 *
 * <p>Before a route's handler others may be called, of the body, of sessions, of credentials:
 * mostly of routes without a path or with {@code /*} at its end, which are mappings, as a
 * servlet's. The first route with a whole path is the request's. {@code :order} is written {@code
 * {order}}; the paths of sub routers' mounts stand in front; a route by regular expression is named
 * by that.
 *
 * <p>An exception is recorded whatever a failure handler answers, unless it carries a status below
 * 500.
 *
 * <p>Runs in the context of the request, in the exchange that {@code vertx} has entered. Read: the
 * routes' paths. Written: nothing.
 *
 * <p><b>Not seen:</b> {@code next} and {@code fail} called on a thread that is no Vert.x context's.
 * The name of a handler, mostly a lambda. Vert.x Web 4.0 to 4.2: routes are learned from the path.
 */
package io.sonde.agent.instrumentation.vertxweb;

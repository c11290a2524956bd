// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Route templates of Javalin 5 to 7, on its own Jetty.
 *
 * <pre>
 *  JavalinServletContext.update         an endpoint's turn has come: its path
 *  ExceptionMapper.uncaughtException    no mapper of the application's took the exception
 * </pre>
 *
 * <p>Filters ({@code before}, {@code after}) are no routes. What no endpoint matches has none, and
 * is {@code unmatched} when it is a 404.
 *
 * <p>Runs on Jetty's threads, in the exchange that its instrumentation has entered. Read: two
 * fields of the context, or of the endpoint. Written: nothing.
 *
 * <p>Not seen: the handler, mostly a lambda, whose name tells nothing; exceptions that escape on
 * another thread, of a future.
 */
package io.sonde.agent.instrumentation.javalin;

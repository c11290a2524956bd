// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Route templates and exceptions of Spring WebFlux 5.3, 6 and 7, on whatever server it runs.
 *
 * <pre>
 *  HttpWebHandlerAdapter.createExchange                 Spring's exchange gets ours      server's
 *                                                                                        thread
 *  RequestMappingInfoHandlerMapping.handleMatch         annotated controllers          ┐
 *  RouterFunctionMapping.setAttributes                  functional endpoints           │ whatever
 *  AbstractUrlHandlerMapping.lookupHandler              resources, plain URL handlers  │ thread a
 *  HttpWebHandlerAdapter.handleUnresolvedError          failed: Spring answers 500     │ filter
 *  AbstractErrorWebExceptionHandler.getErrorAttributes  failed: Spring Boot's page     │ chose
 *                                                       of a 5xx                       ┘
 * </pre>
 *
 * <p>The exchange lies in an attribute of Spring's own, since a filter may go on on another thread,
 * and one that Sonde does not follow. Nested functional routes have the joined pattern. The default
 * resource handler's {@code /**} is no route: what it does not find has none, and is {@code
 * unmatched}.
 *
 * <p>What {@code @ExceptionHandler}s and the application's {@code WebExceptionHandler}s take is a
 * response, and so is {@code ResponseStatusException}, but for a 5xx that Spring Boot's error page
 * answers.
 *
 * <p>Read: the exchange's attributes. Written: one of them.
 *
 * <p><b>Not seen:</b> functional endpoints that match without a path. Where the thread that runs
 * the handler was not reached through an executor, what the handler calls has no parent.
 */
package io.sonde.agent.instrumentation.webflux;

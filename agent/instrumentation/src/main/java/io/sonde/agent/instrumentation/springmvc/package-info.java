// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Route templates of Spring MVC 5.3 ({@code javax}), 6 and 7 ({@code jakarta}).
 *
 * <pre>
 *  RequestMappingInfoHandlerMapping.handleMatch        annotated controllers: template and method
 *  RouterFunctionMapping.setAttributes                 functional endpoints: template
 *  AbstractUrlHandlerMapping.exposePathWithinMapping   resources and plain URL handlers: pattern
 * </pre>
 *
 * <p>The default resource handler's {@code /**} is no route: what it does not find has none, and is
 * {@code unmatched}. An error dispatch (Boot's {@code /error}) tells nothing: its request keeps
 * what it had. On asynchronous dispatches the handler is chosen again; the first choice counts.
 *
 * <p>Runs on the container's threads, in the exchange that the server's instrumentation has
 * entered. Read: three request attributes. Written: nothing.
 */
package io.sonde.agent.instrumentation.springmvc;

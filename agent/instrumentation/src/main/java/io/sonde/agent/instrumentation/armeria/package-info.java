// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Armeria's server, 1.14 to 1.33: routes and exceptions. The exchanges themselves are {@code
 * netty}'s: Armeria's own codecs are subclasses of Netty's.
 *
 * <pre>
 *  new DefaultServiceRequestContext               route; the context gets the exchange   event loop
 *  DefaultServerErrorHandler.onServiceException   scope                                ┐ of the
 *  DefaultServerErrorHandler.internalRenderStatus failed: Armeria answers 5xx          ┘ response
 * </pre>
 *
 * <p>A service's exceptions may come from whatever thread its response is completed by, so the
 * exchange lies in an attribute of the request's context. What the application's own error handlers
 * take is a response, and so is {@code HttpStatusException}. The route {@code /*} is none: it is
 * that of the fallback, too.
 *
 * <p>Read: the pattern of the service's route. Written: an attribute of the context.
 *
 * <p><b>Not seen:</b> Armeria's client, but as calls of Netty's. Before 1.14: exceptions.
 */
package io.sonde.agent.instrumentation.armeria;

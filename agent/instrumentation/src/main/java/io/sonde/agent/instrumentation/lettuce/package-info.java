// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Lettuce 5.3 to 7.
 *
 * <pre>
 *  DefaultEndpoint.notifyChannelActive     a connection is open, with its address
 *  DefaultEndpoint.notifyException         it broke
 *  DefaultEndpoint.close, .closeAsync      the application has closed it
 *  CommandHandler.complete                 a reply was read
 *  ReconnectFailedEvent.&lt;init&gt;             no new connection to an address, and why
 * </pre>
 *
 * <p>Advice runs on Netty's threads. The event says no more than the address, so that each broken
 * connection to it gets the failure. A first connection that fails has no endpoint yet and is not
 * seen: the application is told by an exception. {@link
 * io.sonde.agent.instrumentation.lettuce.LettuceReader} reads the endpoint's fields later, on
 * Sonde's thread; no command is ever sent.
 */
package io.sonde.agent.instrumentation.lettuce;

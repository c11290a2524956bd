// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Netty 4.1: that a server accepts, and no more. Requests are not seen yet.
 *
 * <pre>
 *  Nio-, Epoll- and KQueueServerSocketChannel.doBind   a server accepts
 * </pre>
 *
 * <p>Netty does not tell how many connections a server has. Its event loops count the channels that
 * are registered with them, those of clients among them; to count closed ones would take a listener
 * on each channel, that is an object of Sonde's inside the application.
 */
package io.sonde.agent.instrumentation.netty;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Grizzly's HTTP server, 2.3 to 4.0 ({@code grizzly-http-server}), and so Jersey's and others on
 * it.
 *
 * <pre>
 *  NetworkListener.start, .stop, .shutdown, .shutdownNow   accepts; accepts no more
 *
 *  Request.initialize                        start                               selector's thread
 *  HttpHandler.runService, HttpHandler$1.run scope                               that and the pool's
 *  HtmlHelper.setErrorAndSendErrorPage       failed                            ┐
 *  OutputBuffer.doCommit                     our headers, before the head      │ whatever thread
 *  Request.onAfterService                    end, after the response's last    │ answers
 *                                            part; of suspended ones, too      ┘
 * </pre>
 *
 * <p>The exchange lies in an attribute of the request, which Grizzly clears before it uses the
 * request again.
 *
 * <p>Read: method, path, query, the correlation headers, the peer's address, the status. Written:
 * headers that the response lacks, and the attribute.
 *
 * <p><b>Not seen:</b> requests that are no HTTP, which Grizzly's codec answers by itself. An
 * exception of a handler that has sent its head before. What runs on another thread of Grizzly's
 * own pools after {@code suspend} has no context. Open sockets and busy threads: there is no
 * counter. A response whose connection breaks while it is suspended ends when the handler resumes
 * it.
 */
package io.sonde.agent.instrumentation.grizzly;

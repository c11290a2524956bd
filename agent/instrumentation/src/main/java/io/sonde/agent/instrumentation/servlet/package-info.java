// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Servlets in a container that has no hooks of its own, Servlet 3.0 to 6.1, {@code javax} and
 * {@code jakarta}.
 *
 * <pre>
 *  HttpServlet.service(ServletRequest, ServletResponse)    start, scope, end
 * </pre>
 *
 * <p>Where the engine is instrumented its exchange is what the thread serves, and nothing is done
 * here: that costs a look at the thread. Else the exchange lies in an attribute of the request.
 *
 * <p>On the container's thread. Read: method, path, query, the caller's address, the correlation
 * headers; the servlet's class, and its mapping where that is {@code /path/*}; the status. Written:
 * our headers on the response, before the servlet is asked, unless a filter has set them.
 *
 * <p><b>Not seen:</b> what filters answer by themselves, servlets that are none of HTTP's, requests
 * that the container refuses, open sockets and threads. An asynchronous request ends here when its
 * thread is given back, with the status of that moment; what it is dispatched to runs in its
 * context. An error page's status where a servlet throws: 500 is taken for granted.
 */
package io.sonde.agent.instrumentation.servlet;

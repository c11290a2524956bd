// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Tomcat 8.5 to 11, embedded or standalone, HTTP/1.1, HTTP/2 and AJP, at engine level.
 *
 * <p>Only classes are touched whose descriptors name no servlet API, so that one advice serves
 * {@code javax} (8.5, 9.0) and {@code jakarta} (10.1, 11.0):
 *
 * <pre>
 *  CoyoteAdapter.service        start: clock, headers, ids; scope of the container thread
 *  Mapper.internalMap*Wrapper   the servlet's mapping, where no framework tells a route
 *  CoyoteAdapter.asyncDispatch  scope of each later thread
 *  CoyoteAdapter.log            a request that Tomcat refused before service: counted as it is
 *  *Processor.prepareResponse   the response's headers leave: ours are added where they lack
 *  coyote.Response.setStatus    keeps the status that was sent where Tomcat makes it 500 later
 *  connector.Request.recycle    end: where Tomcat's own access log is written
 *  coyote.Request.recycle       end of what was not answered there
 *  StandardHostValve.throwable  an exception has escaped a servlet or filter
 *  AsyncContextImpl.setErrorState    … a listener of an asynchronous request
 * </pre>
 *
 * <p>The exchange lies in an attribute of {@code org.apache.coyote.Request}: applications do not
 * see it in {@code getAttributeNames}, and Tomcat itself clears it with every request, also after
 * Sonde was detached. A slot among the request's notes would cost 32 bytes less, but is never
 * cleared and would keep Sonde's class loader alive.
 *
 * <p>All advice runs on Tomcat's threads. Read: method, URI, query, a few headers, the connection's
 * peer, the status, the mapping. Written: the attributes, the response headers that Sonde gives
 * back.
 */
package io.sonde.agent.instrumentation.tomcat;

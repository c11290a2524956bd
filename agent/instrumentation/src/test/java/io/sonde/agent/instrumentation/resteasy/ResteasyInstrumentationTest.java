// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.resteasy;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.jaxrs.ResourceContract;
import io.sonde.agent.instrumentation.tomcat.TomcatInstrumentation;
import org.apache.catalina.Wrapper;
import org.junit.jupiter.api.extension.RegisterExtension;

class ResteasyInstrumentationTest extends ResourceContract {

  private static final String SERVLET =
      "org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher";

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new TomcatInstrumentation(), new ResteasyInstrumentation());

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String delegate() {
    return "org.jboss.resteasy.core.providerfactory.ResteasyProviderFactoryImpl";
  }

  @Override
  protected String servlet() {
    return SERVLET;
  }

  @Override
  protected void configure(Wrapper servlet) {
    servlet.addInitParameter("resteasy.servlet.mapping.prefix", MOUNT);
  }

  /** Learned from the path. */
  @Override
  protected String routeOfSubResource() {
    return "/api/shops/{id}/items/{id}";
  }

  @Override
  protected String handlerOfSubResource() {
    return SERVLET;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jersey;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.jaxrs.ResourceContract;
import io.sonde.agent.instrumentation.tomcat.TomcatInstrumentation;
import org.apache.catalina.Wrapper;
import org.junit.jupiter.api.extension.RegisterExtension;

class JerseyInstrumentationTest extends ResourceContract {

  static final String DELEGATE = "org.glassfish.jersey.server.internal.RuntimeDelegateImpl";

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new TomcatInstrumentation(), new JerseyInstrumentation());

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String delegate() {
    return DELEGATE;
  }

  @Override
  protected String servlet() {
    return "org.glassfish.jersey.servlet.ServletContainer";
  }

  @Override
  protected void configure(Wrapper servlet) {
    servlet.addInitParameter("jersey.config.server.wadl.disableWadl", "true");
  }

  @Override
  protected String routeOfSubResource() {
    return "/api/shops/{shop}/items/{id}";
  }

  @Override
  protected String handlerOfSubResource() {
    return "Application$Items#find(long)";
  }

  /** From 2.26 on, which came with this type. */
  @Override
  protected boolean servesStages() {
    try {
      Class.forName("org.glassfish.jersey.internal.inject.InjectionManager");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}

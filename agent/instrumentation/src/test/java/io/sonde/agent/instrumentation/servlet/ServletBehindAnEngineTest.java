// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.tomcat.EmbeddedTomcat;
import io.sonde.agent.instrumentation.tomcat.TomcatInstrumentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension fails where a request is recorded twice. */
class ServletBehindAnEngineTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new TomcatInstrumentation(), new ServletInstrumentation());

  @Test
  void leavesToTheEngineWhatTheEngineSees() throws Exception {
    try (EmbeddedTomcat server = new EmbeddedTomcat()) {
      server.scenarios();
      server.errorPage(409, "/error-page");
      int port = server.start();
      for (String path : new String[] {"/hello", "/dispatch", "/conflict", "/async"}) {
        RawClient.get(port, path);

        assertThat(sonde.nextExchange().library()).as(path).isEqualTo("tomcat");
      }
    }
  }
}

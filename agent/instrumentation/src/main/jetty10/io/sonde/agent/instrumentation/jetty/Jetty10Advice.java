// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jetty;

import io.sonde.bridge.SondeBridge;
import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.servlet.ServletHandler.MappedServlet;

/** What has to be compiled against Jetty 10 and 11, where 9.4 has a class for an interface. */
final class Jetty10Advice {

  private Jetty10Advice() {}

  /** As in 9.4. */
  static final class Mapped {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return MatchedResource<?> matched) {
      if (matched != null && matched.getPathSpec() != null) {
        SondeBridge.mapped(
            matched.getPathSpec().getDeclaration(),
            ((MappedServlet) matched.getResource()).getServletHolder().getClassName());
      }
    }
  }

  /** As in 9.4. */
  static final class MappedInOlder {

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return MappedServlet mapped) {
      if (mapped != null && mapped.getPathSpec() != null) {
        SondeBridge.mapped(
            mapped.getPathSpec().getDeclaration(), mapped.getServletHolder().getClassName());
      }
    }
  }

  /** As in 9.4. */
  static final class ResponseHeaders {

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("_channel") HttpChannel channel,
        @Advice.FieldValue("_fields") HttpFields.Mutable headers) {
      Object exchange = channel.getRequest().getAttribute("io.sonde.exchange");
      String name;
      for (int i = 0; (name = SondeBridge.headerName(exchange, i)) != null; i++) {
        if (!headers.contains(name)) {
          headers.put(name, SondeBridge.headerValue(exchange, i));
        }
      }
    }
  }
}

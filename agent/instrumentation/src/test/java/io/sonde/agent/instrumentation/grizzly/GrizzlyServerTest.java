// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.grizzly;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.HttpServerContract;
import io.sonde.agent.instrumentation.contract.RawClient;
import io.sonde.agent.instrumentation.contract.ServerReader;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.contract.TestApplication;
import io.sonde.agent.instrumentation.contract.TestApplication.Answer;
import io.sonde.agent.recording.Exchange;
import io.sonde.agent.recording.ServerTable;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.RequestExecutorProvider;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GrizzlyServerTest extends HttpServerContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new GrizzlyInstrumentation())
          .servers(
              kind ->
                  new ServerReader(
                      GrizzlyServerReader::name,
                      GrizzlyServerReader::port,
                      listener -> -1,
                      listener -> -1));

  private HttpServer server;

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "grizzly";
  }

  /** Of less, Grizzly waits for the rest. */
  @Override
  protected String badRequest() {
    return "GET /hello nonsense\r\n\r\n";
  }

  @Override
  protected int statusOfBadRequests() {
    return 505;
  }

  /** The codec answers before there is a request. */
  @Override
  protected boolean countsBadRequests() {
    return false;
  }

  @Override
  protected int start() throws Exception {
    server = new HttpServer();
    server.addListener(new NetworkListener("test", "127.0.0.1", 0));
    server.getServerConfiguration().addHttpHandler(new Handler(), "/");
    server.getServerConfiguration().addHttpHandler(new SameThreadHandler(), "/same-thread");
    server.start();
    return server.getListener("test").getPort();
  }

  @Override
  protected void stop() {
    server.shutdownNow();
  }

  private static class Handler extends HttpHandler {
    @Override
    public void service(Request request, Response response) throws Exception {
      String path = request.getRequestURI();
      if (path.equals("/async")) {
        response.suspend();
        new Thread(() -> resume(response)).start();
      } else {
        send(response, path.substring(path.lastIndexOf('/')));
      }
    }

    private static void resume(Response response) {
      try {
        TimeUnit.MILLISECONDS.sleep(TestApplication.ASYNC_MILLIS);
        send(response, "/async");
      } catch (Exception e) {
        throw new AssertionError(e);
      } finally {
        response.resume();
      }
    }

    private static void send(Response response, String path) throws Exception {
      Answer answer = TestApplication.answer(path);
      answer.headers().forEach(response::setHeader);
      response.setStatus(answer.status());
      response.setContentLength(answer.body().length());
      response.getWriter().write(answer.body());
    }
  }

  /** Called by the selector's thread itself. */
  private static final class SameThreadHandler extends Handler {
    @Override
    public RequestExecutorProvider getRequestExecutorProvider() {
      return new RequestExecutorProvider.SameThreadProvider();
    }
  }

  @Test
  void servesOnTheSelectorsThread() throws Exception {
    assertThat(RawClient.get(port(), "/same-thread/current").body()).isEqualTo("serving");
    assertThat(sonde.nextExchange().path()).isEqualTo("/same-thread/current");

    assertThat(RawClient.get(port(), "/same-thread/boom").status()).isEqualTo(500);
    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.thrown()).hasMessage("boom");
    assertThat(sonde.nextError().exchange()).isSameAs(exchange);
  }

  @Test
  void saysThatItAcceptsUntilItStops() {
    ServerTable servers = sonde.recorder().servers();

    assertThat(servers.loads().each.get(0).name).isEqualTo("grizzly:" + port());
    assertThat(servers.firstPort()).isEqualTo(port());

    server.shutdownNow();
    assertThat(servers.loads().each).isEmpty();
  }
}

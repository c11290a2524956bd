// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.vertx;

import io.sonde.agent.instrumentation.contract.HttpClientContract;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.netty.NettyEventLoopInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Called from a thread that is not Vert.x's: the request is sent by it, once connected. */
class VertxClientTest extends HttpClientContract {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new NettyHttpInstrumentation(),
          new NettyEventLoopInstrumentation(),
          new VertxInstrumentation());

  private static Vertx vertx;
  private static HttpClient client;

  @BeforeAll
  static void startVertx() throws Exception {
    vertx = Vertx.vertx();
    client = newClient(vertx);
  }

  @AfterAll
  static void stopVertx() throws Exception {
    await(vertx.close());
  }

  /** Whose result is of another type in Vert.x 5. */
  static HttpClient newClient(Vertx vertx) throws ReflectiveOperationException {
    return (HttpClient) Vertx.class.getMethod("createHttpClient").invoke(vertx);
  }

  @Override
  protected SondeExtension sonde() {
    return sonde;
  }

  @Override
  protected String library() {
    return "netty";
  }

  @Override
  protected boolean seesConnecting() {
    return false;
  }

  @Override
  protected boolean beginsOnCallersThread() {
    return false;
  }

  @Override
  protected int exchangesPerRedirect() {
    return 2;
  }

  private static <T> T await(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException
          ? (IOException) e.getCause()
          : new IOException(e.getCause());
    }
  }

  @Override
  protected Result call(String method, URI uri, Map<String, String> headers, String body)
      throws Exception {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(method))
            .setHost(uri.getHost())
            .setPort(uri.getPort())
            .setFollowRedirects(true)
            .setURI(
                uri.getRawQuery() == null ? uri.getPath() : uri.getPath() + "?" + uri.getQuery());
    headers.forEach(options::putHeader);
    HttpClientRequest request = await(client.request(options));
    // Before it is sent: attached later, it may come when the body has passed.
    Future<Result> result =
        request
            .response()
            .compose(
                response ->
                    response
                        .body()
                        .map(bytes -> new Result(response.statusCode(), bytes.toString())));
    if (body == null) {
      request.send();
    } else {
      request.send(Buffer.buffer(body));
    }
    return await(result);
  }
}

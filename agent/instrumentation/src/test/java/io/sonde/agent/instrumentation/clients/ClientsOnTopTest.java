// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.clients;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import feign.Client;
import feign.Feign;
import feign.RequestLine;
import feign.httpclient.ApacheHttpClient;
import feign.okhttp.OkHttpClient;
import io.sonde.agent.instrumentation.apachehttpclient4.ApacheHttpClient4Instrumentation;
import io.sonde.agent.instrumentation.contract.RawServer;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyEventLoopInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.sonde.agent.instrumentation.okhttp.OkHttpInstrumentation;
import io.sonde.agent.instrumentation.reactornetty.ReactorNettyInstrumentation;
import io.sonde.agent.instrumentation.urlconnection.UrlConnectionInstrumentation;
import io.sonde.agent.recording.Exchange;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import javax.ws.rs.client.Entity;
import javax.ws.rs.client.Invocation;
import org.apache.http.impl.client.HttpClients;
import org.glassfish.jersey.apache.connector.ApacheConnectorProvider;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.JerseyClientBuilder;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Libraries that call through a client which is instrumented: one exchange for one request, which
 * is the client's. The extension fails on another that nobody has read.
 */
class ClientsOnTopTest {

  private static final String URL_CONNECTION = "url-connection";
  private static final String APACHE = "apache-httpclient-4";

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new UrlConnectionInstrumentation(),
          new ApacheHttpClient4Instrumentation(),
          new OkHttpInstrumentation(),
          new NettyHttpInstrumentation(),
          new NettyEventLoopInstrumentation(),
          new ExecutorsInstrumentation(),
          new ReactorNettyInstrumentation());

  /** A library on a client. */
  private interface Caller {
    String get(String url) throws Exception;

    String post(String url, String body) throws Exception;
  }

  private record Case(String seenAs, Caller caller) {}

  private static final Map<String, Case> CASES =
      Map.ofEntries(
          entry("Google HTTP client", new Case(URL_CONNECTION, google(new NetHttpTransport()))),
          entry(
              "Google HTTP client on Apache's",
              new Case(APACHE, google(new ApacheHttpTransport(HttpClients.createDefault())))),
          entry("Feign", new Case(URL_CONNECTION, feign(new Client.Default(null, null)))),
          entry("Feign on OkHttp", new Case("okhttp", feign(new OkHttpClient()))),
          entry("Feign on Apache's", new Case(APACHE, feign(new ApacheHttpClient()))),
          entry("RestTemplate", new Case(URL_CONNECTION, restTemplate())),
          entry("WebClient", new Case("netty", webClient())),
          entry("Jersey's client", new Case(URL_CONNECTION, jersey(new ClientConfig()))),
          entry(
              "Jersey's client on Apache's",
              new Case(
                  APACHE,
                  jersey(new ClientConfig().connectorProvider(new ApacheConnectorProvider())))),
          entry("RESTEasy's client", new Case(APACHE, resteasy())));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Google HTTP client",
        "Google HTTP client on Apache's",
        "Feign",
        "Feign on OkHttp",
        "Feign on Apache's",
        "RestTemplate",
        "WebClient",
        "Jersey's client",
        "Jersey's client on Apache's",
        "RESTEasy's client",
      })
  void isOneExchangeForEachRequest(String library) throws Exception {
    Case on = CASES.get(library);
    try (RawServer server = new RawServer()) {
      String url = "http://127.0.0.1:" + server.port();

      Exchange parent =
          sonde.serving(
              () -> {
                assertThat(on.caller.get(url)).isEqualTo("hello");
                assertThat(on.caller.post(url, "some body")).isEqualTo("hello");
              });

      for (int i = 0; i < 3; i++) {
        Exchange exchange = sonde.nextExchange();
        if (exchange != parent) {
          assertThat(exchange.library()).isEqualTo(on.seenAs);
          assertThat(exchange.status()).isEqualTo(200);
          assertThat(exchange.parentId()).isEqualTo(parent.spanId());
          RawServer.Request request = server.next();
          assertThat(request.line()).startsWith(exchange.method() + " /hello");
          assertThat(request.all("b3")).hasSize(1);
          assertThat(request.header("b3")).contains(exchange.spanIdString());
        }
      }
      assertThat(server.unread()).isZero();
    }
  }

  private static Caller google(HttpTransport transport) {
    return new Caller() {
      @Override
      public String get(String url) throws Exception {
        return transport
            .createRequestFactory()
            .buildGetRequest(new GenericUrl(url + "/hello"))
            .execute()
            .parseAsString();
      }

      @Override
      public String post(String url, String body) throws Exception {
        return transport
            .createRequestFactory()
            .buildPostRequest(
                new GenericUrl(url + "/hello"), ByteArrayContent.fromString("text/plain", body))
            .execute()
            .parseAsString();
      }
    };
  }

  interface Greetings {
    @RequestLine("GET /hello")
    String get();

    @RequestLine("POST /hello")
    String post(String body);
  }

  private static Caller feign(Client client) {
    return new Caller() {
      @Override
      public String get(String url) {
        return Feign.builder().client(client).target(Greetings.class, url).get();
      }

      @Override
      public String post(String url, String body) {
        return Feign.builder().client(client).target(Greetings.class, url).post(body);
      }
    };
  }

  private static Caller restTemplate() {
    return new Caller() {
      @Override
      public String get(String url) {
        return new RestTemplate().getForObject(url + "/hello", String.class);
      }

      @Override
      public String post(String url, String body) {
        return new RestTemplate().postForObject(url + "/hello", body, String.class);
      }
    };
  }

  private static Caller webClient() {
    return new Caller() {
      @Override
      public String get(String url) {
        return WebClient.create(url)
            .get()
            .uri("/hello")
            .retrieve()
            .bodyToMono(String.class)
            .block(Duration.ofSeconds(10));
      }

      @Override
      public String post(String url, String body) {
        return WebClient.create(url)
            .post()
            .uri("/hello")
            .bodyValue(body)
            .retrieve()
            .bodyToMono(String.class)
            .block(Duration.ofSeconds(10));
      }
    };
  }

  private static Caller jersey(ClientConfig config) {
    return jaxRs(() -> JerseyClientBuilder.createClient(config));
  }

  private static Caller resteasy() {
    return jaxRs(() -> new ResteasyClientBuilderImpl().build());
  }

  private static Caller jaxRs(Supplier<javax.ws.rs.client.Client> clients) {
    return new Caller() {
      private Invocation.Builder request(String url) {
        return clients.get().target(url).path("hello").request();
      }

      @Override
      public String get(String url) {
        return request(url).get().readEntity(String.class);
      }

      @Override
      public String post(String url, String body) {
        return request(url).post(Entity.text(body)).readEntity(String.class);
      }
    };
  }
}

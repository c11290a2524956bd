// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.RawServer;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.Exchange;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.http.GET;

/** A library on top of OkHttp adds no exchange: the extension fails on one that nobody has read. */
class RetrofitTest {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new OkHttpInstrumentation());

  interface Greetings {
    @GET("/hello")
    Call<ResponseBody> hello();

    @GET("/redirect")
    Call<ResponseBody> redirect();
  }

  @Test
  void isOneExchangeForEachRequestOnTheWire() throws Exception {
    try (RawServer server = new RawServer()) {
      Greetings greetings =
          new Retrofit.Builder()
              .baseUrl("http://127.0.0.1:" + server.port() + "/")
              .client(new OkHttpClient())
              .build()
              .create(Greetings.class);

      assertThat(greetings.hello().execute().body().string()).isEqualTo("hello");
      assertThat(greetings.redirect().execute().body().string()).isEqualTo("hello");

      for (String path : new String[] {"/hello", "/redirect", "/hello"}) {
        Exchange exchange = sonde.nextExchange();
        assertThat(exchange.path()).isEqualTo(path);
        assertThat(server.next().header("b3")).contains(exchange.spanIdString());
      }
    }
  }
}

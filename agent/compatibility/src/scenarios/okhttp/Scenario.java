// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp, {@code execute} and {@code enqueue}. */
public final class Scenario {

  private static final OkHttpClient CLIENT = new OkHttpClient();

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    new Front().on("/call", Scenario::call).on("/call-async", Scenario::callAsync).start();
  }

  private static String call(String url) throws IOException {
    return status(to(url).execute());
  }

  private static String callAsync(String url) throws Exception {
    CompletableFuture<String> status = new CompletableFuture<>();
    to(url)
        .enqueue(
            new Callback() {
              @Override
              public void onResponse(Call call, Response response) throws IOException {
                status.complete(status(response));
              }

              @Override
              public void onFailure(Call call, IOException thrown) {
                status.completeExceptionally(thrown);
              }
            });
    return status.get();
  }

  private static Call to(String url) {
    return CLIENT.newCall(new Request.Builder().url(url).build());
  }

  private static String status(Response response) throws IOException {
    try (Response closed = response) {
      closed.body().string();
      return String.valueOf(closed.code());
    }
  }
}

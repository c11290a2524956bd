// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;

/** Lettuce, one connection. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    StatefulRedisConnection<String, String> connection =
        RedisClient.create("redis://127.0.0.1:" + args[1]).connect();
    new Front().on("/ping", query -> connection.sync().ping()).start();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.IOException;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;

/** Jedis behind a pool of two connections. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    JedisPoolConfig config = new JedisPoolConfig();
    config.setMaxTotal(2);
    config.setJmxEnabled(false);
    JedisPool pool = new JedisPool(config, "127.0.0.1", Integer.parseInt(args[1]));
    new Front().on("/ping", query -> ping(pool)).start();
  }

  private static String ping(JedisPool pool) {
    try (Jedis jedis = pool.getResource()) {
      return jedis.ping();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;

/**
 * A service with a Redis behind it, through Lettuce and through Jedis. {@code StoresService PORT}
 * says {@code listening on PORT}; {@code /lettuce} and {@code /jedis} ping it.
 */
public final class StoresService {

  private StoresService() {}

  public static void main(String[] args) throws IOException {
    int redis = Integer.parseInt(args[0]);
    ClientResources resources =
        ClientResources.builder().reconnectDelay(Delay.constant(Duration.ofMillis(200))).build();
    RedisClient client = RedisClient.create(resources, "redis://127.0.0.1:" + redis);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .build());
    StatefulRedisConnection<String, String> lettuce = client.connect();
    JedisPoolConfig config = new JedisPoolConfig();
    config.setMaxTotal(2);
    config.setMaxWait(Duration.ofMillis(500));
    config.setJmxEnabled(false);
    JedisPool jedis = new JedisPool(config, "127.0.0.1", redis);
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 200);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/lettuce", exchange -> answer(exchange, () -> lettuce.sync().ping()));
    server.createContext("/jedis", exchange -> answer(exchange, () -> ping(jedis)));
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }

  private static String ping(JedisPool pool) {
    try (Jedis jedis = pool.getResource()) {
      return jedis.ping();
    }
  }

  private static void answer(HttpExchange exchange, Callable<String> ping) throws IOException {
    try {
      answer(exchange, 200, ping.call());
    } catch (Exception e) {
      answer(exchange, 503, String.valueOf(e.getMessage()));
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}

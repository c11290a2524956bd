// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * A service that has secrets everywhere. {@code SecretsService JDBC_URL MESSAGES} says {@code
 * listening on PORT}; each line of the file MESSAGES is the message of an exception: {@code
 * /fail?N} throws the N-th, {@code /thread?N} ends a thread with it, {@code /log?N} logs it.
 */
public final class SecretsService {

  private static final Logger LOG = LoggerFactory.getLogger(SecretsService.class);

  private static List<String> messages;

  private SecretsService() {}

  public static void main(String[] args) throws IOException {
    messages = Files.readAllLines(Paths.get(args[1]));
    HikariDataSource pool = pool(args[0]);
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/fail", exchange -> fail(failure(exchange)));
    server.createContext("/thread", SecretsService::thread);
    server.createContext("/log", SecretsService::log);
    server.createContext("/query", exchange -> query(pool, exchange));
    server.createContext("/call", SecretsService::call);
    server.createContext("/form", SecretsService::form);
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }

  private static HikariDataSource pool(String jdbcUrl) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(500);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** Each of its own kind: of one kind only the first ones would be told. */
  private static Exception failure(HttpExchange exchange) {
    int number = Integer.parseInt(exchange.getRequestURI().getRawQuery());
    Exception failure = new IllegalArgumentException(messages.get(number));
    failure.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("com.example.C" + number, "m", "C.java", 1)
        });
    return failure;
  }

  private static void fail(Exception cause) {
    throw new IllegalStateException("cannot go on", cause);
  }

  private static void thread(HttpExchange exchange) throws IOException {
    Exception failure = failure(exchange);
    new Thread(() -> fail(failure)).start();
    answer(exchange, 200);
  }

  private static void log(HttpExchange exchange) throws IOException {
    LOG.warn("logged", failure(exchange));
    answer(exchange, 200);
  }

  /** The pool's connections fail, and with them its URL may be told. */
  private static void query(HikariDataSource pool, HttpExchange exchange) throws IOException {
    try (Connection connection = pool.getConnection()) {
      answer(exchange, 200);
    } catch (SQLException e) {
      answer(exchange, 503);
    }
  }

  /** Calls what the header {@code Target} says, with the caller's own credentials. */
  private static void call(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("Target");
    HttpURLConnection connection = (HttpURLConnection) new URL(target).openConnection();
    String credentials = exchange.getRequestHeaders().getFirst("Authorization");
    connection.setRequestProperty("Authorization", credentials);
    answer(exchange, connection.getResponseCode());
  }

  /** Puts the form's fields into the MDC, as some do. */
  private static void form(HttpExchange exchange) throws IOException {
    StringBuilder body = new StringBuilder();
    try (InputStream in = exchange.getRequestBody()) {
      for (int c = in.read(); c >= 0; c = in.read()) {
        body.append((char) c);
      }
    }
    for (String field : body.toString().split("&")) {
      int equals = field.indexOf('=');
      MDC.put(field.substring(0, equals), field.substring(equals + 1));
    }
    LOG.info("a form came");
    MDC.clear();
    answer(exchange, 200);
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.getResponseHeaders().set("Set-Cookie", "session=CANARY-set-cookie");
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import com.alibaba.druid.pool.DruidDataSource;
import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import oracle.ucp.jdbc.PoolDataSource;
import oracle.ucp.jdbc.PoolDataSourceFactory;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.vibur.dbcp.ViburDBCPDataSource;

/**
 * A service with a database behind one pool of each kind, two connections each, whose callers wait
 * two seconds. {@code PoolsService JDBC_URL} says {@code listening on PORT}; {@code /orders/KIND}
 * counts the table's rows.
 */
public final class PoolsService {

  private static final int MAX = 2;
  private static final int WAIT_MILLIS = 2_000;

  private PoolsService() {}

  public static void main(String[] args) throws Exception {
    String url = args[0];
    Map<String, DataSource> pools = new LinkedHashMap<>();
    pools.put("hikari", hikari(url));
    pools.put("dbcp2", dbcp2(url));
    pools.put("tomcat-jdbc", tomcat(url));
    pools.put("c3p0", c3p0(url));
    pools.put("druid", druid(url));
    pools.put("agroal", agroal(url));
    pools.put("ucp", ucp(url));
    pools.put("vibur", vibur(url));
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 200);
    server.setExecutor(Executors.newCachedThreadPool());
    pools.forEach(
        (kind, pool) ->
            server.createContext("/orders/" + kind, exchange -> orders(pool, exchange)));
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }

  private static void orders(DataSource pool, HttpExchange exchange) throws IOException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select count(*) from orders");
      answer(exchange, 200, "done");
    } catch (SQLException e) {
      answer(exchange, 503, "no");
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static DataSource hikari(String url) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("hikari");
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(MAX);
    config.setConnectionTimeout(WAIT_MILLIS);
    return new HikariDataSource(config);
  }

  private static DataSource dbcp2(String url) {
    BasicDataSource source = new BasicDataSource();
    source.setUrl(url);
    source.setMaxTotal(MAX);
    source.setMaxWaitMillis(WAIT_MILLIS);
    return source;
  }

  private static DataSource tomcat(String url) {
    PoolProperties properties = new PoolProperties();
    properties.setName("tomcat-jdbc");
    properties.setUrl(url);
    properties.setDriverClassName("org.postgresql.Driver");
    properties.setInitialSize(1);
    properties.setMaxActive(MAX);
    properties.setMaxWait(WAIT_MILLIS);
    properties.setTestOnBorrow(true);
    properties.setValidationInterval(0);
    properties.setValidationQuery("select 1");
    return new org.apache.tomcat.jdbc.pool.DataSource(properties);
  }

  private static DataSource c3p0(String url) {
    ComboPooledDataSource source = new ComboPooledDataSource();
    source.setDataSourceName("c3p0");
    source.setJdbcUrl(url);
    source.setInitialPoolSize(1);
    source.setMinPoolSize(1);
    source.setMaxPoolSize(MAX);
    source.setAcquireIncrement(1);
    source.setAcquireRetryDelay(200);
    source.setCheckoutTimeout(WAIT_MILLIS);
    return source;
  }

  private static DataSource druid(String url) {
    DruidDataSource source = new DruidDataSource();
    source.setName("druid");
    source.setUrl(url);
    source.setMaxActive(MAX);
    source.setMaxWait(WAIT_MILLIS);
    source.setTestOnBorrow(true);
    source.setValidationQuery("select 1");
    source.setTimeBetweenConnectErrorMillis(200);
    return source;
  }

  private static DataSource agroal(String url) throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(MAX)
                        .acquisitionTimeout(Duration.ofMillis(WAIT_MILLIS))
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url))));
  }

  private static DataSource ucp(String url) throws SQLException {
    PoolDataSource source = PoolDataSourceFactory.getPoolDataSource();
    source.setConnectionPoolName("ucp");
    source.setConnectionFactoryClassName("org.postgresql.Driver");
    source.setURL(url);
    source.setUser("postgres");
    source.setPassword("hunter2");
    source.setMaxPoolSize(MAX);
    source.setConnectionWaitTimeout(WAIT_MILLIS / 1_000);
    source.setValidateConnectionOnBorrow(true);
    source.setSQLForValidateConnection("select 1");
    return source;
  }

  private static DataSource vibur(String url) {
    ViburDBCPDataSource source = new ViburDBCPDataSource();
    source.setName("vibur");
    source.setJdbcUrl(url);
    source.setUsername("postgres");
    source.setPassword("hunter2");
    source.setPoolInitialSize(1);
    source.setPoolMaxSize(MAX);
    source.setConnectionTimeoutInMs(WAIT_MILLIS);
    source.setConnectionIdleLimitInSeconds(0);
    source.setAcquireRetryAttempts(0);
    source.start();
    return source;
  }
}

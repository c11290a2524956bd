// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.observed;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Servlets in Tomcat over a HikariCP pool of two connections. {@code Shop FOLDER NAME [BACKEND]}
 * says {@code listening on PORT}.
 *
 * <ul>
 *   <li>{@code /orders/ID} asks the database; an unknown one is 404
 *   <li>{@code /report} keeps a connection for 600 ms, and is 503 where there is none
 *   <li>{@code /checkout/ID} asks the backend for that order, and a dead one each tenth time
 *   <li>{@code /bang} fails, in one of two ways
 * </ul>
 */
public final class Shop {

  private static final Logger LOG = LoggerFactory.getLogger(Shop.class);

  /** Kept: the JDK holds loggers weakly. */
  private static final java.util.logging.Logger TOMCAT =
      java.util.logging.Logger.getLogger("org.apache");

  /** Nobody listens there. */
  private static final String DEAD = "http://127.0.0.1:1";

  private final HttpClient client = HttpClient.newHttpClient();
  private final HikariDataSource pool;
  private final String backend;

  private Shop(HikariDataSource pool, String backend) {
    this.pool = pool;
    this.backend = backend;
  }

  public static void main(String[] args) throws LifecycleException {
    TOMCAT.setLevel(java.util.logging.Level.OFF);
    Shop shop = new Shop(pool(args[1] + "-db"), args.length > 2 ? args[2] : DEAD);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(args[0]);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    java.util.logging.Logger.getLogger(context.getLogName()).setLevel(java.util.logging.Level.OFF);
    add(context, "/orders/*", shop::order);
    add(context, "/report", shop::report);
    add(context, "/checkout/*", shop::checkout);
    add(context, "/bang", shop::bang);
    tomcat.start();
    System.out.println("listening on " + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }

  private static HikariDataSource pool(String name) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl("jdbc:h2:mem:" + name);
    config.setMaximumPoolSize(2);
    config.setConnectionTimeout(400);
    return new HikariDataSource(config);
  }

  /** What answers a GET. */
  private interface Page {
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;
  }

  private static void add(Context context, String path, Page page) {
    HttpServlet servlet =
        new HttpServlet() {
          @Override
          protected void doGet(HttpServletRequest request, HttpServletResponse response)
              throws IOException {
            page.answer(request, response);
          }
        };
    Tomcat.addServlet(context, path, servlet).addMapping(path);
  }

  private void order(HttpServletRequest request, HttpServletResponse response) throws IOException {
    int id = id(request);
    LOG.info("order {} is asked for", id);
    query(response, 3 + id % 20);
    if (id % 10 == 9) {
      LOG.warn("nobody has ordered {}", id);
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.getWriter().print("{\"order\":" + id + ",\"note\":\"" + "paid ".repeat(2_000) + "\"}");
  }

  private void report(HttpServletRequest request, HttpServletResponse response) throws IOException {
    query(response, 600);
  }

  private void checkout(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int id = id(request);
    try {
      String from = id % 10 == 0 ? DEAD : backend;
      response.setStatus(get(from + (id % 10 == 1 ? "/bang" : "/orders/" + id)));
    } catch (IOException e) {
      LOG.error("no order {} from the backend", id, e);
      response.sendError(HttpServletResponse.SC_BAD_GATEWAY);
    }
  }

  private int get(String url) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
    try {
      return client.send(request, BodyHandlers.ofString()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void bang(HttpServletRequest request, HttpServletResponse response) {
    if (request.getParameter("how") == null) {
      throw new IllegalStateException("the till is open");
    }
    throw new UnsupportedOperationException(request.getParameter("how"));
  }

  private void query(HttpServletResponse response, int millis) throws IOException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement("select 1")) {
      statement.executeQuery();
      Thread.sleep(millis);
    } catch (SQLException e) {
      LOG.error("no connection", e);
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int id(HttpServletRequest request) {
    return Integer.parseInt(request.getPathInfo().substring(1));
  }
}

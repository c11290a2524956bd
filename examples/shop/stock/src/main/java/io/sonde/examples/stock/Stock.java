// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.stock;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/**
 * A servlet in embedded Tomcat, without a framework, over a HikariCP pool.
 *
 * <pre>{@code
 * java -jar stock.jar PORT
 * }</pre>
 */
public final class Stock {

  private Stock() {}

  public static void main(String[] args) throws LifecycleException {
    Shelf shelf = new Shelf(pool());
    shelf.fill();

    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
    tomcat.setPort(Integer.parseInt(args[0]));
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "stock", new StockServlet(shelf)).addMapping("/stock/*");
    tomcat.start();
    System.out.println("stock listens on " + args[0]);
    tomcat.getServer().await();
  }

  private static HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("shelf");
    config.setJdbcUrl("jdbc:h2:mem:stock");
    config.setMaximumPoolSize(4);
    return new HikariDataSource(config);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.examples.stock;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /stock/anvil} answers <code>{"sku":"anvil","quantity":3}</code>. */
final class StockServlet extends HttpServlet {

  private static final Logger log = LoggerFactory.getLogger(StockServlet.class);

  private final transient Shelf shelf;

  StockServlet(Shelf shelf) {
    this.shelf = shelf;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String sku = request.getPathInfo() == null ? "" : request.getPathInfo().substring(1);
    OptionalInt left = ask(sku);
    if (left.isEmpty()) {
      log.warn("nobody has heard of {}", sku);
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.setContentType("application/json");
    response.getWriter().print("{\"sku\":\"" + sku + "\",\"quantity\":" + left.getAsInt() + "}");
  }

  private OptionalInt ask(String sku) throws ServletException {
    try {
      return shelf.left(sku);
    } catch (SQLException e) {
      throw new ServletException(e);
    }
  }
}

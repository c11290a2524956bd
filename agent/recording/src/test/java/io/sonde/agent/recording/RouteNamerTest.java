// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteNamerTest {

  private final RouteNamer namer = new RouteNamer();

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "'', /",
    "/users, /users",
    "/users/, /users",
    "//users, /users",
    "/users/4711, /users/{id}",
    "/users/4711/orders/7, /users/{id}/orders/{id}",
    "/users/550e8400-e29b-41d4-a716-446655440000, /users/{id}",
    "/commits/9fceb02, /commits/{id}",
    "/api/v2/users, /api/v2/users",
    "/search/größe, /search/{id}",
    "/mail/a@b.example, /mail/{id}",
    "/days/2026-11-25, /days/{id}",
    "/a/b/c/d/e/f/g/h/i/j, /a/b/c/d/e/f/g/h/*",
    "/favicon.ico, /favicon.ico"
  })
  void replacesWhatLooksLikeAValue(String path, String route) {
    assertThat(LearnedRoutes.shape(path)).isEqualTo(route);
    assertThat(new LearnedRoutes(place -> {}).learn(path)).isEqualTo(route);
  }

  @Test
  void keepsTheFrameworksTemplate() {
    Exchange exchange = exchange("/users/4711", 200);
    exchange.route = "/users/{name}";

    namer.settle(exchange);

    assertThat(exchange.route()).isEqualTo("/users/{name}");
  }

  @Test
  void whatIsNoRequestIsNotTheRoots() {
    Exchange garbage = exchange("", 400);
    Exchange root = exchange("/", 400);

    namer.settle(garbage);
    namer.settle(root);

    assertThat(garbage.route()).isEqualTo("unmatched");
    assertThat(root.route()).isEqualTo("/");
  }

  @Test
  void takesAServletsMappingAlsoOfWhatItDoesNotFind() {
    Exchange exchange = exchange("/users/Ada", 404);
    exchange.mapping = "/users/*";
    exchange.handler = "com.acme.Users";

    namer.settle(exchange);

    assertThat(exchange.route()).isEqualTo("/users/*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.glassfish.jersey.servlet.ServletContainer",
        "org.apache.cxf.transport.servlet.CXFServlet",
        "org.apache.catalina.servlets.DefaultServlet"
      })
  void learnsBehindAServletThatServesAll(String servlet) {
    Exchange exchange = exchange("/api/users/4711", 200);
    exchange.mapping = "/api/*";
    exchange.handler = servlet;

    namer.settle(exchange);

    assertThat(exchange.route()).isEqualTo("/api/users/{id}");
  }

  @Test
  void whatNobodyHandledIsOneRoute() {
    Exchange scan = exchange("/wp-admin.php", 404);
    Exchange missing = exchange("/users/9", 404);
    missing.route = "/users/{id}";

    namer.settle(scan);
    namer.settle(missing);

    assertThat(scan.route()).isEqualTo("unmatched");
    assertThat(missing.route()).isEqualTo("/users/{id}");
  }

  @Test
  void probesAreOneRoute() {
    Exchange exchange = exchange("/health", 200);
    exchange.probe = true;

    namer.settle(exchange);

    assertThat(exchange.route()).isEqualTo("probe");
  }

  @Test
  void manyWordsInOnePlaceAreOneRouteFromThenOn() {
    for (int i = 0; i < LearnedRoutes.MAX_IN_ONE_PLACE; i++) {
      assertThat(settled("/users/" + word(i))).isEqualTo("/users/" + word(i));
    }
    settled("/orders/open");

    assertThat(settled("/users/zoe")).isEqualTo("/users/{id}");
    assertThat(settled("/users/" + word(0))).as("for good").isEqualTo("/users/{id}");
    assertThat(settled("/users/" + word(0) + "/orders")).isEqualTo("/users/{id}/orders");
    assertThat(settled("/orders/open")).isEqualTo("/orders/open");
    assertThat(namer.report().collapsed()).containsExactly("/users/{id}");
    assertThat(namer.report().learned()).as("the words' routes are given up").isEqualTo(3);
  }

  @Test
  void aServiceMayHaveManyPagesAtItsRoot() {
    for (int i = 0; i < LearnedRoutes.MAX_AT_THE_ROOT; i++) {
      assertThat(settled("/page-" + word(i))).isEqualTo("/page-" + word(i));
    }
    assertThat(settled("/page-zz")).isEqualTo("/{id}");
  }

  @Test
  void theTreeOfWordsIsBounded() {
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < LearnedRoutes.MAX_IN_ONE_PLACE; j++) {
        for (int k = 0; k < LearnedRoutes.MAX_IN_ONE_PLACE; k++) {
          settled("/" + word(i) + "/" + word(j) + "/" + word(k));
        }
      }
    }

    assertThat(namer.report().learned()).isEqualTo(200);
    assertThat(settled("/another/place/still")).isEqualTo("other");
  }

  @Test
  void beyondTheCapNewOnesAreOtherAndKnownOnesStay() {
    for (int i = 0; i < 200; i++) {
      assertThat(settledTo("/page-" + word(i))).isEqualTo("/page-" + word(i));
    }

    assertThat(settledTo("/page-too-many")).isEqualTo("other");
    assertThat(settledTo("/page-too-many")).isEqualTo("other");
    assertThat(settledTo("/page-" + word(7))).isEqualTo("/page-" + word(7));
    assertThat(namer.report().told()).isEqualTo(namer.report().most()).isEqualTo(200);
    assertThat(namer.report().other()).isEqualTo(2);
    assertThat(namer.report().refused()).containsExactly(Map.entry("/page-too-many", 2L));
  }

  /** By a framework. */
  private String settledTo(String template) {
    Exchange exchange = exchange("/", 200);
    exchange.route = template;
    namer.settle(exchange);
    return exchange.route();
  }

  private String settled(String path) {
    Exchange exchange = exchange(path, 200);
    namer.settle(exchange);
    return exchange.route();
  }

  /** Without digits, which would be taken for a value. */
  private static String word(int i) {
    return "" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
  }

  private static Exchange exchange(String path, int status) {
    Exchange exchange = new Exchange(Exchange.Kind.SERVER, "test", 0);
    exchange.path = path;
    exchange.status = status;
    return exchange;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceTableTest {

  private final ResourceTable table = new ResourceTable();

  @ParameterizedTest
  @CsvSource({
    "/, /orders, /orders",
    "'', orders, /orders",
    "/shop/api/, //orders//{id}/, /shop/api/orders/{id}",
    "/, /orders/{id: [0-9]+}, /orders/{id}",
    "/, /orders/{ id : [0-9]{3}/x }/lines, /orders/{id}/lines",
    "/, '/{from}-{to: \\d+}.{ending:[a-z:]*}', /{from}-{to}.{ending}",
    "/api;v=1/, /orders, /api/orders",
    "/, /, /",
    "/api/, /, /api"
  })
  void joinsBaseAndTemplates(String base, String templates, String route) {
    assertThat(ResourceTable.routeOf(base, templates)).isEqualTo(route);
  }

  @Test
  void namesAMethodAsSpringDoes() throws Exception {
    Method method =
        Orders.class.getDeclaredMethod("find", long.class, String[].class, Map.Entry.class);

    assertThat(ResourceTable.nameOf(method))
        .isEqualTo(Orders.class.getName() + "#find(long, String[], Entry)");
  }

  @Test
  void isMadeOnce() throws Exception {
    Method find = Orders.class.getDeclaredMethod("all");

    ResourceTable.Resource first = table.of("/", new StringBuilder("/orders"), find);

    assertThat(table.of("/", new StringBuilder("/orders"), find)).isSameAs(first);
  }

  @Test
  void tellsBasesTemplatesAndMethodsApart() throws Exception {
    Method all = Orders.class.getDeclaredMethod("all");
    Method any = Orders.class.getDeclaredMethod("any");

    for (int i = 0; i < 2; i++) {
      assertThat(table.of("/a", "/x", all).route).isEqualTo("/a/x");
      assertThat(table.of("/b", "/x", all).route).isEqualTo("/b/x");
      assertThat(table.of("/a", "/y", all).route).isEqualTo("/a/y");
      assertThat(table.of("/a", "/x", all).handler).endsWith("#all()");
      assertThat(table.of("/a", "/x", any).handler).endsWith("#any()");
    }
  }

  @Test
  void keepsTheRightOnesWhereMoreThanFitPushEachOtherOut() throws Exception {
    Method all = Orders.class.getDeclaredMethod("all");
    Set<String> routes = new HashSet<>();

    for (int i = 0; i < 10_000; i++) {
      routes.add(table.of("/" + i, "/x", all).route);
    }

    assertThat(routes).hasSize(10_000).contains("/0/x", "/9999/x");
  }

  @Test
  void holdsNoApplicationThatWasUndeployed() throws Exception {
    WeakReference<ClassLoader> application = serveOnce();

    for (int i = 0; i < 100 && application.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }

    assertThat(application.get()).isNull();
  }

  private WeakReference<ClassLoader> serveOnce() throws Exception {
    URL classes = Orders.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader application = new URLClassLoader(new URL[] {classes}, null)) {
      Class<?> orders = Class.forName(Orders.class.getName(), false, application);
      table.of("/", "/orders", orders.getDeclaredMethod("all"));
      return new WeakReference<>(application);
    }
  }

  private static final class Orders {
    void all() {}

    void any() {}

    void find(long id, String[] fields, Map.Entry<String, String> filter) {}
  }
}

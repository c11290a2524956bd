// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.recording.ServiceIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceDiscoveryTest {

  @TempDir Path folder;

  private final Properties system = new Properties();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void aMainClassOnAClassPath() {
    environment.put("HOSTNAME", "host-7");
    system.setProperty("sun.java.command", "com.acme.OrdersMain --port 8080");
    system.setProperty("java.class.path", folder.toString());
  }

  @Test
  void theMainClassNamesWhatNobodyElseNames() {
    assertThat(name("")).isEqualTo("OrdersMain");
  }

  @Test
  void aModulesMainClassIsNamedWithoutItsModule() {
    system.setProperty("sun.java.command", "com.acme.orders/com.acme.OrdersMain");

    assertThat(name("")).isEqualTo("OrdersMain");
  }

  @Test
  void theJarsFileNamesItWithoutItsVersion() throws IOException {
    mainJar("orders-service-1.4.2-SNAPSHOT.jar", null, Map.of());

    assertThat(name("")).isEqualTo("orders-service");
  }

  @Test
  void theManifestIsMoreThanTheFilesName() throws IOException {
    mainJar("app.jar", "Orders", Map.of());

    ServiceIdentity identity = identify("", 1);
    assertThat(identity.name()).isEqualTo("Orders");
    assertThat(identity.version()).isEqualTo("3.1");
  }

  @Test
  void springsNameIsMoreThanTheManifest() throws IOException {
    mainJar(
        "app.jar",
        "Orders",
        Map.of("BOOT-INF/classes/application.properties", "spring.application.name=from-spring"));

    assertThat(name("")).isEqualTo("from-spring");
  }

  @Test
  void springsNameIsReadFromYaml() throws IOException {
    mainJar(
        "app.jar",
        null,
        Map.of(
            "BOOT-INF/classes/application.yml",
            """
            # of the shop
            server:
              port: 8080
            spring:
              datasource:
                name: not-this
              application:
                name: "from-yaml"
            """));

    assertThat(name("")).isEqualTo("from-yaml");
  }

  @Test
  void onlySpringsOwnNameCounts() {
    assertThat(ServiceDiscovery.springNameIn("spring.application.name: dotted"))
        .isEqualTo("dotted");
    assertThat(ServiceDiscovery.springNameIn("other:\n  application:\n    name: no\n")).isNull();
    assertThat(ServiceDiscovery.springNameIn("spring:\n  a:\n    b: 1\nname: no\n")).isNull();
    assertThat(ServiceDiscovery.springNameIn("")).isNull();
  }

  @Test
  void aCommentInYamlIsNoPartOfTheName() {
    assertThat(
            ServiceDiscovery.springNameIn(
                "spring: # all of it\n  application:\n    name: orders # the old one\n"))
        .isEqualTo("orders");
  }

  @Test
  void theOtherEndingOfYamlCountsToo() throws IOException {
    Files.writeString(folder.resolve("application.yaml"), "spring.application.name: long\n");

    assertThat(name("")).isEqualTo("long");
  }

  @Test
  void placeholdersInSpringsNameAreFilled() throws IOException {
    Path file = folder.resolve("application.properties");
    Files.writeString(file, "spring.application.name=${team.name:shop}-${APP:orders}");
    assertThat(name("")).isEqualTo("shop-orders");

    environment.put("TEAM_NAME", "blue");
    system.setProperty("APP", "carts");
    assertThat(name("")).isEqualTo("blue-carts");

    Files.writeString(file, "spring.application.name=${nobody.knows}");
    assertThat(name("")).isEqualTo("OrdersMain");
  }

  @Test
  void anArgumentNamesASpringApplication() {
    system.setProperty("spring.application.name", "from-property");
    system.setProperty("sun.java.command", "app.jar --a=b --spring.application.name=from-argument");

    assertThat(name("")).isEqualTo("from-argument");
  }

  @Test
  void aSourceFileIsNamedNotItsLauncher() {
    system.setProperty(
        "sun.java.command", "jdk.compiler/com.sun.tools.javac.launcher.Main src/Orders.java 80");

    assertThat(name("")).isEqualTo("Orders");
  }

  @Test
  void springsNameIsReadFromAFolderOfTheClassPath() throws IOException {
    Files.writeString(
        folder.resolve("application.yml"), "spring:\n  application:\n    name: dir\n");

    assertThat(name("")).isEqualTo("dir");
  }

  @Test
  void whatOtherAgentsWereToldIsMoreThanSpringsName() {
    system.setProperty("spring.application.name", "from-spring");
    assertThat(name("")).isEqualTo("from-spring");

    environment.put("DD_SERVICE", "from-datadog");
    assertThat(name("")).isEqualTo("from-datadog");

    environment.put("OTEL_SERVICE_NAME", "from-otel");
    assertThat(name("")).isEqualTo("from-otel");
  }

  @Test
  void theSettingIsMoreThanEverything() {
    environment.put("OTEL_SERVICE_NAME", "from-otel");

    assertThat(name("service.name=set")).isEqualTo("set");
  }

  @Test
  void severalOnOneHostAreToldApartByTheirSlot() {
    assertThat(identify("", 1).instance()).isEqualTo("host-7");
    assertThat(identify("", 3).instance()).isEqualTo("host-7-3");
    assertThat(identify("service.instance=mine", 3).instance()).isEqualTo("mine");
  }

  @Test
  void aJarThatCannotBeReadNamesNothingAndBreaksNothing() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken-1.0.jar"), "no jar");
    system.setProperty("sun.java.command", broken.toString());
    system.setProperty("java.class.path", broken.toString());

    assertThat(name("")).isEqualTo("broken");
  }

  @Test
  void aJvmThatTellsNothingIsCalledJava() {
    system.clear();

    assertThat(name("")).isEqualTo("java");
  }

  private String name(String argument) {
    return identify(argument, 1).name();
  }

  private ServiceIdentity identify(String argument, int slot) {
    Settings settings = Settings.load(argument, new Properties(), Map.of());
    return new ServiceDiscovery(settings, system, environment).identify(slot);
  }

  private void mainJar(String name, String title, Map<String, String> entries) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (title != null) {
      manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, title);
      manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "3.1");
    }
    Path jar = folder.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    system.setProperty("sun.java.command", jar + " --port 8080");
    system.setProperty("java.class.path", jar.toString());
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.recording.ServiceIdentity;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Scanner;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who this process is where no setting says so: what other agents were told, Spring's
 * application name, the main jar's manifest, the main jar's or class's name. Reads files; never on
 * an application's thread.
 */
final class ServiceDiscovery {

  private static final String SPRING_NAME = "spring.application.name";
  private static final String[] FOLDERS = {"BOOT-INF/classes/", "WEB-INF/classes/", ""};
  private static final String[] FILES = {
    "application.properties", "application.yml", "application.yaml"
  };
  private static final String SOURCE_LAUNCHER = "jdk.compiler/com.sun.tools.javac.launcher.";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:}]*)(?::([^}]*))?}");

  private final Settings settings;
  private final Properties system;
  private final Map<String, String> environment;

  ServiceDiscovery(Settings settings, Properties system, Map<String, String> environment) {
    this.settings = settings;
    this.system = system;
    this.environment = environment;
  }

  /**
   * @param slot 1 for the first Sonde on this host, else added to the instance's name
   */
  ServiceIdentity identify(int slot) {
    String host = hostName();
    return new ServiceIdentity(
        or(settings.find(Keys.SERVICE_NAME), this::name),
        or(settings.find(Keys.SERVICE_VERSION), () -> manifest("Implementation-Version")),
        settings.find(Keys.SERVICE_ENVIRONMENT),
        or(settings.find(Keys.SERVICE_INSTANCE), () -> slot == 1 ? host : host + "-" + slot),
        host);
  }

  String name() {
    String[] candidates = {
      environment.get("OTEL_SERVICE_NAME"),
      environment.get("DD_SERVICE"),
      springArgument(),
      system.getProperty(SPRING_NAME),
      environment.get("SPRING_APPLICATION_NAME"),
      resolved(springName()),
      manifest("Implementation-Title"),
      commandName()
    };
    for (String candidate : candidates) {
      if (candidate != null && !candidate.trim().isEmpty()) {
        return candidate.trim();
      }
    }
    return "java";
  }

  private @Nullable String springName() {
    for (String folder : FOLDERS) {
      for (String file : FILES) {
        String text = read(folder + file);
        String name = text == null ? null : springName(file, text);
        if (name != null) {
          return name;
        }
      }
    }
    return null;
  }

  private static @Nullable String springName(String file, String text) {
    if (!file.endsWith(".properties")) {
      return springNameIn(text);
    }
    Properties parsed = new Properties();
    try {
      parsed.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
    return parsed.getProperty(SPRING_NAME);
  }

  /** {@code --spring.application.name=orders} among the application's own arguments. */
  private @Nullable String springArgument() {
    String option = "--" + SPRING_NAME + "=";
    for (String word : system.getProperty("sun.java.command", "").split(" ")) {
      if (word.startsWith(option)) {
        return word.substring(option.length());
      }
    }
    return null;
  }

  /** {@code ${APP_NAME:orders}}, as Spring does; null when nobody says what it is. */
  private @Nullable String resolved(@Nullable String text) {
    if (text == null || !text.contains("${")) {
      return text;
    }
    StringBuffer whole = new StringBuffer();
    Matcher placeholder = PLACEHOLDER.matcher(text);
    while (placeholder.find()) {
      String value = value(placeholder.group(1), placeholder.group(2));
      if (value == null) {
        return null;
      }
      placeholder.appendReplacement(whole, Matcher.quoteReplacement(value));
    }
    return placeholder.appendTail(whole).toString();
  }

  private @Nullable String value(String key, @Nullable String otherwise) {
    String variable = key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    String[] values = {
      system.getProperty(key), environment.get(key), environment.get(variable), otherwise
    };
    for (String value : values) {
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /**
   * {@code spring:}, indented {@code application:}, indented {@code name: orders}, with other
   * sections between them; or the same as one key with dots.
   */
  static @Nullable String springNameIn(String yaml) {
    List<String> keys = new ArrayList<>();
    List<Integer> indents = new ArrayList<>();
    for (String line : yaml.split("\\R")) {
      String text = line.trim();
      int colon = text.indexOf(':');
      if (colon < 1 || text.startsWith("#")) {
        continue;
      }
      int indent = line.indexOf(text);
      while (!indents.isEmpty() && indents.get(indents.size() - 1) >= indent) {
        indents.remove(indents.size() - 1);
        keys.remove(keys.size() - 1);
      }
      indents.add(indent);
      keys.add(text.substring(0, colon));
      String value = text.substring(colon + 1).trim().replaceFirst("(^|\\s+)#.*", "");
      if (!value.isEmpty() && String.join(".", keys).equals(SPRING_NAME)) {
        return value.replaceAll("[\"']", "");
      }
    }
    return null;
  }

  /** From the main jar, or from the folders of the class path. */
  private @Nullable String read(String name) {
    File jar = mainJar();
    try {
      if (jar != null) {
        try (JarFile opened = new JarFile(jar)) {
          return opened.getEntry(name) == null
              ? null
              : text(opened.getInputStream(opened.getEntry(name)));
        }
      }
      for (String part : system.getProperty("java.class.path", "").split(File.pathSeparator)) {
        File file = new File(part, name);
        if (!part.endsWith(".jar") && file.isFile()) {
          return text(new FileInputStream(file));
        }
      }
    } catch (IOException | RuntimeException e) {
      // Not readable is not there.
    }
    return null;
  }

  private @Nullable String manifest(String attribute) {
    File jar = mainJar();
    if (jar == null) {
      return null;
    }
    try (JarFile opened = new JarFile(jar)) {
      Manifest manifest = opened.getManifest();
      Attributes attributes = manifest == null ? null : manifest.getMainAttributes();
      return attributes == null ? null : attributes.getValue(attribute);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  /**
   * {@code orders-1.2.jar} is {@code orders}; {@code com.acme.OrdersMain} is {@code OrdersMain};
   * {@code java Orders.java} is {@code Orders}.
   */
  private String commandName() {
    File jar = mainJar();
    if (jar != null) {
      return jar.getName().replaceFirst("\\.[jw]ar$", "").replaceFirst("-\\d+(\\.\\d+)*.*$", "");
    }
    String[] words = system.getProperty("sun.java.command", "").split(" ");
    boolean source = words.length > 1 && words[0].startsWith(SOURCE_LAUNCHER);
    String command = source ? words[1].replaceFirst("\\.java$", "") : words[0];
    String main = command.substring(command.lastIndexOf('/') + 1);
    return main.substring(main.lastIndexOf('.') + 1);
  }

  /** With {@code -jar} the class path begins with the jar; agents' jars may follow. */
  private @Nullable File mainJar() {
    String command = system.getProperty("sun.java.command", "");
    String first = system.getProperty("java.class.path", "").split(File.pathSeparator)[0];
    boolean isJar = !first.isEmpty() && (command + " ").startsWith(first + " ");
    return isJar && new File(first).isFile() ? new File(first) : null;
  }

  /** Without asking a name server, which may hang. */
  private String hostName() {
    String name = environment.get("HOSTNAME");
    if (name == null || name.isEmpty()) {
      name = environment.get("COMPUTERNAME");
    }
    if (name == null || name.isEmpty()) {
      try {
        name = text(new FileInputStream("/proc/sys/kernel/hostname")).trim();
      } catch (IOException e) {
        name = localHost();
      }
    }
    return name.isEmpty() ? "localhost" : name;
  }

  private static String localHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }

  private static String text(InputStream in) {
    try (Scanner scanner = new Scanner(in, StandardCharsets.UTF_8.name())) {
      return scanner.useDelimiter("\\A").hasNext() ? scanner.next() : "";
    }
  }

  private static <T> T or(@Nullable T value, Supplier<T> other) {
    return value != null ? value : other.get();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.bytebuddy.ByteBuddy;

/** Makes archives as build tools make them, of real libraries and made-up classes. */
final class TestArchive {

  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  static TestArchive make() {
    return new TestArchive();
  }

  /** The jar on this test's class path that has the class. */
  static Path jarOf(Class<?> type) {
    try {
      return Paths.get(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  TestArchive with(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  TestArchive with(String name, String content) {
    return with(name, content.getBytes(StandardCharsets.UTF_8));
  }

  TestArchive with(String folder, Path jar) {
    try {
      return with(folder + jar.getFileName(), Files.readAllBytes(jar));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TestArchive with(String folder, List<Path> jars) {
    jars.forEach(jar -> with(folder, jar));
    return this;
  }

  TestArchive manifest(String... lines) {
    return with(
        "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n" + String.join("\n", lines) + "\n\n");
  }

  TestArchive pom(String group, String artifact, String version) {
    return with(
        "META-INF/maven/" + group + "/" + artifact + "/pom.properties",
        "version=" + version + "\ngroupId=" + group + "\nartifactId=" + artifact + "\n");
  }

  /** An empty class of this name. */
  TestArchive type(String root, String name) {
    byte[] classFile = new ByteBuddy().subclass(Object.class).name(name).make().getBytes();
    return with(root + name.replace('.', '/') + ".class", classFile);
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  Path in(Path folder, String name) throws IOException {
    return Files.write(folder.resolve(name), bytes());
  }
}

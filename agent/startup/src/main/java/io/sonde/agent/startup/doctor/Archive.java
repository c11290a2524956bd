// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** One jar, war or folder, and what its entries say about it. */
final class Archive {

  /** Where the application's own classes are, in the layouts that there are. */
  private static final String[] ROOTS = {"", "BOOT-INF/classes/", "WEB-INF/classes/"};

  private static final byte[] JDK_SERVER =
      "com/sun/net/httpserver/HttpServer".getBytes(StandardCharsets.US_ASCII);

  private static final int MAX_CLASS = 4 << 20;
  private static final int MAX_TEXT = 1 << 20;

  /** Of one archive's classes that are kept while it is asked for them. */
  private static final int MAX_KEPT = 64 << 20;

  /** The path as a user would write it; a nested one after {@code !/}. */
  final String where;

  final String file;
  final int depth;

  /** Of {@code META-INF/maven}; a shaded jar has many. */
  final List<Coordinates> poms = new ArrayList<>();

  Attributes manifest = new Attributes();

  /** Highest class file version of what is not for later JVMs only. */
  int highestMajor;

  int classes;

  /** Whether a class of it names the JDK's HTTP server. Only of what is not inside another. */
  boolean namesJdkServer;

  private final Source source;
  private final boolean kept;
  private @Nullable Map<String, byte[]> read;

  Archive(String where, String file, int depth, Source source, boolean nested) {
    this.where = Text.clean(where);
    this.file = file;
    this.depth = depth;
    this.source = source;
    this.kept = nested;
  }

  /**
   * What it is: by the pom of Maven that fits the file's name, or the only one of a file without a
   * version in its name; else by that name, else by its manifest.
   */
  Coordinates coordinates() {
    Coordinates named = Coordinates.ofFile(file);
    for (Coordinates pom : poms) {
      if (pom.isNamed(file) || poms.size() == 1 && named.version == null) {
        return pom;
      }
    }
    Coordinates told = named.version == null ? Coordinates.of(manifest, file) : null;
    return told == null ? named : told;
  }

  boolean isWar() {
    return file.toLowerCase(Locale.ROOT).endsWith(".war");
  }

  /** What it has copies of, if more than itself. */
  List<Coordinates> shaded() {
    List<Coordinates> copies = new ArrayList<>(poms);
    copies.remove(coordinates());
    return copies;
  }

  /** Takes note of an entry; the class's internal name when it is one that the JVM would find. */
  @Nullable String note(String name, InputStream in) throws IOException {
    if (name.endsWith(".class")) {
      return noteClass(name, in);
    }
    if (name.equals("META-INF/MANIFEST.MF")) {
      try {
        manifest =
            new Manifest(new ByteArrayInputStream(Source.read(in, MAX_TEXT))).getMainAttributes();
      } catch (IOException | IllegalArgumentException e) {
        // Not a manifest: it says nothing.
      }
    } else if (name.startsWith("META-INF/maven/") && name.endsWith("/pom.properties")) {
      notePom(in);
    }
    return null;
  }

  private void notePom(InputStream in) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(new ByteArrayInputStream(Source.read(in, MAX_TEXT)));
    } catch (IllegalArgumentException e) {
      return;
    }
    Coordinates pom = Coordinates.of(properties);
    if (pom != null && poms.size() < 1_000) {
      poms.add(pom);
    }
  }

  private @Nullable String noteClass(String entry, InputStream in) throws IOException {
    String name = className(entry);
    if (name == null) {
      return null;
    }
    byte[] head = Source.read(in, depth == 0 ? MAX_CLASS : 8);
    if (head.length >= 8 && head[0] == (byte) 0xca && head[1] == (byte) 0xfe) {
      highestMajor = Math.max(highestMajor, (head[6] & 255) << 8 | head[7] & 255);
    }
    classes++;
    namesJdkServer |= depth == 0 && !namesJdkServer && contains(head, JDK_SERVER);
    return name;
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      int same = 0;
      while (same < wanted.length && bytes[i + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return true;
      }
    }
    return false;
  }

  /** Null for what no JVM finds, or only later ones. */
  private static @Nullable String className(String entry) {
    if (!entry.endsWith(".class")
        || entry.startsWith("META-INF/")
        || entry.endsWith("-info.class")) {
      return null;
    }
    String name = entry.substring(0, entry.length() - ".class".length());
    for (int i = ROOTS.length - 1; i > 0; i--) {
      if (name.startsWith(ROOTS[i])) {
        return name.substring(ROOTS[i].length());
      }
    }
    return name;
  }

  /** The class file; null when there is none, or it is too large to be one. */
  byte @Nullable [] find(String internalName) throws IOException {
    if (kept) {
      return keptClasses().get(internalName);
    }
    for (String root : ROOTS) {
      try (InputStream in = source.open(root + internalName + ".class")) {
        if (in != null) {
          return classFile(in);
        }
      }
    }
    return null;
  }

  /** Its classes may be forgotten. */
  void forget() {
    read = null;
  }

  /** Inside another archive there is no way to one entry but past all others. */
  private Map<String, byte[]> keptClasses() throws IOException {
    Map<String, byte[]> all = read;
    if (all == null) {
      Map<String, byte[]> fresh = new HashMap<>();
      int[] size = {0};
      source.each(
          (entry, in) -> {
            String name = size[0] > MAX_KEPT ? null : className(entry);
            byte[] bytes = name == null ? null : classFile(in);
            if (bytes != null) {
              fresh.put(name, bytes);
              size[0] += bytes.length;
            }
          });
      read = fresh;
      all = fresh;
    }
    return all;
  }

  private static byte @Nullable [] classFile(InputStream in) throws IOException {
    byte[] bytes = Source.read(in, MAX_CLASS);
    return bytes.length == MAX_CLASS ? null : bytes;
  }
}

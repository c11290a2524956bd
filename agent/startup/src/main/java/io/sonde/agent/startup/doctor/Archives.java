// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import io.sonde.agent.instrumentation.DryWeaver;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that an application is made of: jars, what is inside them (Spring Boot's and a war's
 * libraries, an ear's modules), what their manifests name beside them, folders. An index of the
 * classes; of those that are there twice the first counts, as with a class path.
 */
public final class Archives implements Closeable, DryWeaver.Library {

  /** An ear has wars, which have jars. */
  private static final int MAX_DEPTH = 3;

  private static final int MAX_CLASSES = 1_000_000;

  /** Nested archives whose classes are in memory at the same time. */
  private static final int MAX_KEPT = 8;

  private final Budget budget;
  private final List<Archive> all = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Archive> byClass = new HashMap<>();
  private final Set<String> packages = new HashSet<>();
  private final Set<File> seen = new HashSet<>();
  private final List<Source> open = new ArrayList<>();
  private final Deque<Archive> kept = new ArrayDeque<>();

  public Archives() {
    this(4L << 30);
  }

  /**
   * @param maxBytes that may be unpacked, all in all
   */
  Archives(long maxBytes) {
    budget = new Budget(maxBytes);
  }

  /** A jar, a war, an ear, or a folder of them. */
  public void add(File file) {
    if (file.isDirectory()) {
      addFolder(file, file.getPath());
      for (File jar : jarsBelow(file)) {
        addFile(jar, jar.getPath());
      }
    } else {
      addFile(file, file.getPath());
    }
  }

  /**
   * One entry of a class path: of a folder the classes only. What is not there the JVM passes over,
   * too.
   *
   * @param where the path as the application knows it
   */
  void addEntry(File file, String where) {
    if (file.isDirectory()) {
      addFolder(file, where);
    } else if (file.isFile()) {
      addFile(file, where);
    }
  }

  List<Archive> all() {
    return all;
  }

  /** A line each: what could not be read. */
  List<String> problems() {
    return problems;
  }

  /** Null when no archive has it. */
  @Nullable Archive having(String internalName) {
    return byClass.get(internalName);
  }

  /** Whether any class of the same package is there. */
  boolean hasPackageOf(String className) {
    return packages.contains(packageOf(className.replace('.', '/')));
  }

  @Override
  public byte @Nullable [] find(String internalName) throws IOException {
    Archive archive = byClass.get(internalName);
    if (archive == null) {
      return null;
    }
    kept.remove(archive);
    kept.addFirst(archive);
    if (kept.size() > MAX_KEPT) {
      kept.removeLast().forget();
    }
    return archive.find(internalName);
  }

  @Override
  public void close() throws IOException {
    for (Source source : open) {
      source.close();
    }
  }

  private void addFolder(File folder, String where) {
    if (first(folder)) {
      walk(folder, where);
    }
  }

  private void addFile(File file, String where) {
    if (!first(file)) {
      return;
    }
    Archive archive = walk(file, where);
    if (archive != null) {
      for (File beside : classPath(file, archive.manifest.getValue("Class-Path"))) {
        addEntry(beside, beside.getPath());
      }
    }
  }

  private boolean first(File file) {
    try {
      return seen.add(file.getCanonicalFile());
    } catch (IOException e) {
      return seen.add(file.getAbsoluteFile());
    }
  }

  private @Nullable Archive walk(File file, String where) {
    try {
      Source source = Source.of(file, budget);
      open.add(source);
      Archive archive = new Archive(where, file.getName(), 0, source, false);
      all.add(archive);
      source.each((name, in) -> visit(archive, source, name, in, !file.isDirectory()));
      return archive;
    } catch (IOException | IllegalArgumentException e) {
      problems.add(Text.clean(where + ": not all of it was read: " + e.getMessage()));
      return null;
    }
  }

  private void visit(Archive archive, Source source, String name, InputStream in, boolean nesting)
      throws IOException {
    if (nesting && isArchive(name)) {
      nested(archive, source, name, in);
      return;
    }
    String type = archive.note(name, in);
    if (type != null && byClass.size() < MAX_CLASSES) {
      byClass.putIfAbsent(type, archive);
      packages.add(packageOf(type));
    }
  }

  private void nested(Archive outer, Source source, String name, InputStream in)
      throws IOException {
    if (outer.depth + 1 >= MAX_DEPTH) {
      problems.add(Text.clean(outer.where + "!/" + name + ": too deep inside; not read"));
      return;
    }
    Source inner = source.nested(name);
    String file = name.substring(name.lastIndexOf('/') + 1);
    Archive archive = new Archive(outer.where + "!/" + name, file, outer.depth + 1, inner, true);
    all.add(archive);
    try {
      Source.each(in, budget, (entry, content) -> visit(archive, inner, entry, content, true));
    } catch (Budget.Exhausted e) {
      throw e;
    } catch (IOException e) {
      problems.add(Text.clean(archive.where + ": not all of it was read: " + e.getMessage()));
    }
  }

  private static boolean isArchive(String name) {
    return name.toLowerCase(Locale.ROOT).matches("(?s).*\\.(jar|war|ear|rar)");
  }

  private static String packageOf(String internalName) {
    return internalName.substring(0, Math.max(0, internalName.lastIndexOf('/')));
  }

  private static List<File> jarsBelow(File folder) {
    List<File> jars = new ArrayList<>();
    Deque<File> folders = new ArrayDeque<>();
    folders.add(folder);
    while (!folders.isEmpty() && jars.size() < 10_000) {
      File[] files = folders.remove().listFiles();
      if (files == null) {
        continue;
      }
      Arrays.sort(files);
      for (File file : files) {
        if (file.isDirectory() && !Files.isSymbolicLink(file.toPath())) {
          folders.add(file);
        } else if (file.isFile() && isArchive(file.getName())) {
          jars.add(file);
        }
      }
    }
    return jars;
  }

  /** Relative to the jar, and of this machine only. */
  private static List<File> classPath(File jar, @Nullable String attribute) {
    List<File> files = new ArrayList<>();
    URI base = jar.getAbsoluteFile().toURI();
    for (String entry : attribute == null ? new String[0] : attribute.trim().split("\\s+")) {
      try {
        URI uri = base.resolve(new URI(entry));
        if ("file".equals(uri.getScheme()) && !entry.isEmpty() && uri.getPath() != null) {
          files.add(new File(uri.getPath()));
        }
      } catch (URISyntaxException e) {
        // The JVM would not find it either.
      }
    }
    return files;
  }
}

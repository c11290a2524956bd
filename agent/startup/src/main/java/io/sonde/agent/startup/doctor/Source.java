// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Something with entries: a jar on the disk, one inside another, a folder. Read as a stream, never
 * extracted. Every byte that comes out of it counts against the budget.
 */
abstract class Source implements Closeable {

  /** Sees each entry once; may read of it what it wants. */
  interface Visitor {
    void entry(String name, InputStream in) throws IOException;
  }

  final Budget budget;

  Source(Budget budget) {
    this.budget = budget;
  }

  static Source of(File file, Budget budget) throws IOException {
    return file.isDirectory() ? new Folder(file, budget) : new Zip(file, budget);
  }

  abstract void each(Visitor visitor) throws IOException;

  /** One entry; null when there is none of this name. The caller closes it. */
  abstract @Nullable InputStream open(String name) throws IOException;

  @Override
  public void close() throws IOException {}

  /** An archive that is the entry of another: reached through it, from the start each time. */
  Source nested(String entry) {
    return new Nested(this, entry);
  }

  /** At most {@code max} bytes. */
  static byte[] read(InputStream in, int max) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    for (int n; out.size() < max && (n = in.read(buffer)) > 0; ) {
      out.write(buffer, 0, Math.min(n, max - out.size()));
    }
    return out.toByteArray();
  }

  /** The entries of a stream that is a zip. Leaves it open. */
  static void each(InputStream archive, Budget budget, Visitor visitor) throws IOException {
    ZipInputStream zip = new ZipInputStream(new BufferedInputStream(archive, 32_768));
    byte[] rest = new byte[8_192];
    for (ZipEntry entry = next(zip); entry != null; entry = next(zip)) {
      budget.entry();
      InputStream content = budget.counting(zip);
      if (!entry.isDirectory()) {
        visitor.entry(entry.getName(), content);
      }
      // Else the stream would skip it by itself, however long it is.
      while (content.read(rest) > 0) {
        // Counted.
      }
    }
  }

  /** Java 8 to 25 throw unchecked, too, at what is no zip. */
  private static @Nullable ZipEntry next(ZipInputStream zip) throws IOException {
    try {
      return zip.getNextEntry();
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * Opened by its directory at the end: what stands before it, such as a start script, is no harm.
   */
  private static final class Zip extends Source {
    private final ZipFile zip;

    Zip(File file, Budget budget) throws IOException {
      super(budget);
      try {
        zip = new ZipFile(file);
      } catch (IllegalArgumentException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    void each(Visitor visitor) throws IOException {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        budget.entry();
        if (!entry.isDirectory()) {
          try (InputStream in = budget.counting(zip.getInputStream(entry))) {
            visitor.entry(entry.getName(), in);
          }
        }
      }
    }

    @Override
    @Nullable InputStream open(String name) throws IOException {
      ZipEntry entry = zip.getEntry(name);
      return entry == null ? null : budget.counting(zip.getInputStream(entry));
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }

  private static final class Nested extends Source {
    private final Source outer;
    private final String name;

    Nested(Source outer, String name) {
      super(outer.budget);
      this.outer = outer;
      this.name = name;
    }

    @Override
    void each(Visitor visitor) throws IOException {
      try (InputStream in = outer.open(name)) {
        if (in != null) {
          each(in, budget, visitor);
        }
      }
    }

    @Override
    @Nullable InputStream open(String wanted) throws IOException {
      InputStream in = outer.open(name);
      if (in == null) {
        return null;
      }
      ZipInputStream zip = new ZipInputStream(in);
      byte[] rest = new byte[8_192];
      for (ZipEntry entry = next(zip); entry != null; entry = next(zip)) {
        InputStream content = budget.counting(zip);
        if (entry.getName().equals(wanted)) {
          return content;
        }
        while (content.read(rest) > 0) {
          // Counted.
        }
      }
      zip.close();
      return null;
    }
  }

  /** Classes that lie open. Links are not followed out of it, nor round in it. */
  private static final class Folder extends Source {
    private final File root;

    Folder(File root, Budget budget) {
      super(budget);
      this.root = root;
    }

    @Override
    void each(Visitor visitor) throws IOException {
      Deque<File> open = new ArrayDeque<>();
      open.add(root);
      int skip = root.getPath().length() + 1;
      while (!open.isEmpty()) {
        File[] files = open.remove().listFiles();
        if (files == null) {
          continue;
        }
        Arrays.sort(files);
        for (File file : files) {
          budget.entry();
          if (file.isDirectory() && !Files.isSymbolicLink(file.toPath())) {
            open.add(file);
          } else if (file.isFile()) {
            try (InputStream in = budget.counting(new FileInputStream(file))) {
              visitor.entry(file.getPath().substring(skip).replace(File.separatorChar, '/'), in);
            }
          }
        }
      }
    }

    @Override
    @Nullable InputStream open(String name) throws IOException {
      File file = new File(root, name);
      return file.isFile() ? budget.counting(new FileInputStream(file)) : null;
    }
  }
}

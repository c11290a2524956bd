// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.premain;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Sonde's own classes and libraries, out of the application's sight, and it out of theirs.
 *
 * <pre>
 *   sonde-agent.jar
 *     io/sonde/premain/…class          system loader
 *     bridge/…sonde                    boot loader, as java.lang.SondeBridge
 *     isolated/…sonde, isolated/META-INF/…   this loader; the ending keeps all others out
 * </pre>
 *
 * The parent is the platform loader (boot loader on Java 8): {@code java.sql} and {@code
 * java.net.http} live there from 9 on.
 */
final class AgentClassLoader extends ClassLoader {

  private static final String ROOT = "isolated/";
  private static final String ENDING = ".sonde";

  static {
    registerAsParallelCapable();
  }

  private final JarFile jar;
  private final String base;

  AgentClassLoader(File file) throws IOException {
    super(platformLoader());
    jar = new JarFile(file, false);
    base = "jar:" + file.toURI() + "!/";
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] classFile;
    try {
      classFile = read(jar, entryName(name.replace('.', '/') + ".class"));
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
    if (classFile == null) {
      throw new ClassNotFoundException(name);
    }
    definePackageOf(name);
    return defineClass(name, classFile, 0, classFile.length);
  }

  /** Weaving reads advice as class files: they are found under their usual names. */
  @Override
  public InputStream getResourceAsStream(String name) {
    try {
      ZipEntry entry = jar.getEntry(entryName(name));
      return entry == null ? super.getResourceAsStream(name) : jar.getInputStream(entry);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  protected URL findResource(String name) {
    String entry = entryName(name);
    try {
      return jar.getEntry(entry) == null ? null : new URL(base + entry);
    } catch (MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return found == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(found));
  }

  /** Null when the jar has no such entry. */
  static byte[] read(JarFile jar, String name) throws IOException {
    ZipEntry entry = jar.getEntry(name);
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(32, (int) entry.getSize()));
      byte[] buffer = new byte[8_192];
      for (int n; (n = in.read(buffer)) > 0; ) {
        out.write(buffer, 0, n);
      }
      return out.toByteArray();
    }
  }

  private static String entryName(String resource) {
    return resource.endsWith(".class")
        ? ROOT + resource.substring(0, resource.length() - ".class".length()) + ENDING
        : ROOT + resource;
  }

  private void definePackageOf(String className) {
    int dot = className.lastIndexOf('.');
    String name = dot < 0 ? "" : className.substring(0, dot);
    if (dot > 0 && getPackage(name) == null) {
      try {
        definePackage(name, null, null, null, null, null, null, null);
      } catch (IllegalArgumentException e) {
        // Another thread was first.
      }
    }
  }

  /**
   * The last of the system loader's parents. Not asked by reflection: calling {@code
   * getPlatformClassLoader} that way loads the JDK's annotation parser and proxies, 60 classes.
   */
  private static ClassLoader platformLoader() {
    if (System.getProperty("java.specification.version").startsWith("1.")) {
      return null;
    }
    ClassLoader loader = ClassLoader.getSystemClassLoader();
    while (loader.getParent() != null) {
      loader = loader.getParent();
    }
    return loader;
  }
}

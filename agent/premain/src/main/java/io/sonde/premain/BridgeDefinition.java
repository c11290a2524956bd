// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.premain;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Puts the bridge into the boot loader, as a class of {@code java.lang}: the only package that
 * every class loader resolves, OSGi and JBoss Modules included, and in module {@code java.base}.
 *
 * <p>Nothing is appended to the boot class path: that would switch off the application's CDS
 * archive with a warning, and needs a file. The class is defined through the JVM's internal {@code
 * Unsafe} instead, by {@link BridgeDefiner} in a throwaway loader whose module alone is given
 * access; the application gets none.
 */
final class BridgeDefinition {

  private static final String BRIDGE = "java.lang.SondeBridge";
  private static final String BRIDGE_ENTRY = "bridge/SondeBridge.sonde";
  private static final String DEFINER = "io.sonde.premain.BridgeDefiner";
  private static final String DEFINER_ENTRY = "bridge/BridgeDefiner.sonde";

  /** Finds nothing but the definer, which finds the JDK only. */
  private static final class ThrowawayLoader extends ClassLoader {
    ThrowawayLoader() {
      super(null);
    }

    Class<?> define(byte[] classFile) {
      return defineClass(DEFINER, classFile, 0, classFile.length);
    }
  }

  private BridgeDefinition() {}

  static void define(File file, Instrumentation instrumentation) throws Exception {
    if (isDefined()) {
      return;
    }
    try (JarFile jar = new JarFile(file, false)) {
      byte[] bridge = AgentClassLoader.read(jar, BRIDGE_ENTRY);
      byte[] definer = AgentClassLoader.read(jar, DEFINER_ENTRY);
      try {
        new ThrowawayLoader()
            .define(definer)
            .getMethod("define", Instrumentation.class, byte[].class)
            .invoke(null, instrumentation, bridge);
      } catch (InvocationTargetException | LinkageError e) {
        if (!System.getProperty("java.specification.version").startsWith("1.")) {
          // Later JVMs find java.lang in module java.base only, not in what is appended.
          throw e;
        }
        append(bridge, instrumentation, e.getCause() == null ? e : e.getCause());
      }
    }
  }

  /** For a Java 8 that refuses: costs a temporary file and the application's CDS archive. */
  private static void append(byte[] bridge, Instrumentation instrumentation, Throwable why)
      throws IOException {
    System.err.println(
        "[sonde] this JVM refuses the usual way ("
            + why
            + "); appending to its boot class path, which switches off class data sharing");
    File file = File.createTempFile("sonde-bridge", ".jar");
    file.deleteOnExit();
    try (OutputStream out = new FileOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry(BRIDGE.replace('.', '/') + ".class"));
      jar.write(bridge);
    }
    instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(file));
  }

  private static boolean isDefined() {
    try {
      Class.forName(BRIDGE, false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}

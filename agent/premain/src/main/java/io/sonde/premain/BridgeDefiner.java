// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.premain;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * Defines one class in the boot loader. Loaded by a throwaway loader without a parent: from Java 9
 * on it gives that loader's unnamed module, and nobody else, access to {@code jdk.internal.misc}.
 *
 * <p>Run on HotSpot 8, 11, 17, 21 and 25.
 */
public final class BridgeDefiner {

  private BridgeDefiner() {}

  /** Throws what the JVM throws. */
  public static void define(Instrumentation instrumentation, byte[] classFile) throws Exception {
    Object unsafe =
        System.getProperty("java.specification.version").startsWith("1.")
            ? unsafeOfJava8()
            : unsafeOfJava9(instrumentation);
    unsafe
        .getClass()
        .getMethod(
            "defineClass",
            String.class,
            byte[].class,
            int.class,
            int.class,
            ClassLoader.class,
            ProtectionDomain.class)
        .invoke(unsafe, null, classFile, 0, classFile.length, null, null);
  }

  private static Object unsafeOfJava8() throws Exception {
    Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
    field.setAccessible(true);
    return field.get(null);
  }

  private static Object unsafeOfJava9(Instrumentation instrumentation) throws Exception {
    Class<?> module = Class.forName("java.lang.Module");
    Object javaBase = Class.class.getMethod("getModule").invoke(Object.class);
    Object ours = Class.class.getMethod("getModule").invoke(BridgeDefiner.class);
    Instrumentation.class
        .getMethod("redefineModule", module, Set.class, Map.class, Map.class, Set.class, Map.class)
        .invoke(
            instrumentation,
            javaBase,
            Collections.emptySet(),
            Collections.singletonMap("jdk.internal.misc", Collections.singleton(ours)),
            Collections.emptyMap(),
            Collections.emptySet(),
            Collections.emptyMap());
    return Class.forName("jdk.internal.misc.Unsafe").getMethod("getUnsafe").invoke(null);
  }
}

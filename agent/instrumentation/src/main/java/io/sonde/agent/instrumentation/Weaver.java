// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation;

import io.sonde.bridge.SondeBridge;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asked by the JVM for every class it loads. One hash lookup answers for nearly all of them; Byte
 * Buddy is first touched when a name matches.
 *
 * <p>The JVM does not call transformers for classes that are loaded while a transformer runs on the
 * same thread. Such a class is found later by {@link #missed}.
 */
public final class Weaver implements ClassFileTransformer {

  /** More are counted by the status page's reader only as "and more"; a leak otherwise. */
  private static final int MAX_WEAVES = 2_000;

  private static final Object BOOT = new Object();

  private final Map<String, List<Instrumentation>> byInternalName = new HashMap<>();
  private final ClassLoader adviceLoader;
  private final Consumer<Weave> listener;
  private final List<Weave> weaves = new CopyOnWriteArrayList<>();
  private final Set<String> done = ConcurrentHashMap.newKeySet();

  /** By class loader, the boot loader under {@link #BOOT}; null once settled. Holds loaders. */
  private volatile @Nullable Map<Object, ClassFiles> files = new ConcurrentHashMap<>();

  /**
   * @param instrumentations those that are enabled
   * @param adviceLoader finds the advice's class files
   * @param listener is told of every class woven or refused, on the loading thread
   */
  public Weaver(
      List<Instrumentation> instrumentations, ClassLoader adviceLoader, Consumer<Weave> listener) {
    this.adviceLoader = adviceLoader;
    this.listener = listener;
    for (Instrumentation instrumentation : instrumentations) {
      for (String type : instrumentation.types()) {
        byInternalName
            .computeIfAbsent(type.replace('.', '/'), name -> new ArrayList<>(1))
            .add(instrumentation);
      }
    }
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String internalName,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    List<Instrumentation> wanted = internalName == null ? null : byInternalName.get(internalName);
    if (wanted == null || loader == adviceLoader) {
      return null;
    }
    byte[] woven = classFile;
    for (Instrumentation instrumentation : wanted) {
      woven = weave(instrumentation, internalName.replace('/', '.'), loader, woven);
    }
    return woven == classFile ? null : woven;
  }

  /** What was woven so far, in order. */
  public List<Weave> weaves() {
    return new ArrayList<>(weaves);
  }

  /** Of the loaded classes those that should have been woven, and were not seen yet. */
  public List<Class<?>> missed(Class<?>[] loaded) {
    List<Class<?>> missed = new ArrayList<>();
    for (Class<?> type : loaded) {
      if (byInternalName.containsKey(type.getName().replace('.', '/'))
          && type.getClassLoader() != adviceLoader
          && !done.contains(key(type.getName(), type.getClassLoader()))) {
        missed.add(type);
      }
    }
    return missed;
  }

  /** The application has started: lets go of its class loaders and of what was read of them. */
  public void settle() {
    files = null;
  }

  private ClassFiles filesOf(@Nullable ClassLoader loader) {
    Map<Object, ClassFiles> kept = files;
    if (kept == null) {
      return new ClassFiles(loader, adviceLoader);
    }
    Object key = loader == null ? BOOT : loader;
    ClassFiles found = kept.get(key);
    if (found == null) {
      found = new ClassFiles(loader, adviceLoader);
      kept.put(key, found);
    }
    return found;
  }

  private byte[] weave(
      Instrumentation instrumentation,
      String type,
      @Nullable ClassLoader loader,
      byte[] classFile) {
    long start = System.nanoTime();
    done.add(key(type, loader));
    Weave.Outcome outcome = Weave.Outcome.APPLIED;
    String reason = null;
    byte[] woven = classFile;
    try {
      if (!seesBridge(loader)) {
        outcome = Weave.Outcome.REFUSED;
        reason = "its class loader does not find " + SondeBridge.class.getName();
      } else {
        woven = new ClassWeaving(type, classFile, filesOf(loader)).apply(instrumentation);
        outcome = woven == classFile ? Weave.Outcome.UNTOUCHED : Weave.Outcome.APPLIED;
      }
    } catch (ClassWeaving.Refused e) {
      outcome = Weave.Outcome.REFUSED;
      reason = e.getMessage();
    } catch (Throwable t) {
      outcome = Weave.Outcome.FAILED;
      reason = String.valueOf(t);
      if (t instanceof LinkageError) {
        // Weaving needed the very class that is being loaded: it can be changed once it is there.
        done.remove(key(type, loader));
      }
    }
    report(
        new Weave(
            instrumentation.name(),
            type,
            name(loader),
            outcome,
            reason,
            System.nanoTime() - start));
    return woven;
  }

  private void report(Weave weave) {
    if (weaves.size() < MAX_WEAVES) {
      weaves.add(weave);
    }
    try {
      listener.accept(weave);
    } catch (Throwable ignored) {
      // Telling must not cost the application its class.
    }
  }

  private static boolean seesBridge(@Nullable ClassLoader loader) {
    if (loader == null) {
      return true;
    }
    try {
      return Class.forName(SondeBridge.class.getName(), false, loader) == SondeBridge.class;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static String key(String type, @Nullable ClassLoader loader) {
    return type + '@' + System.identityHashCode(loader);
  }

  private static String name(@Nullable ClassLoader loader) {
    return loader == null ? "boot" : loader.getClass().getName();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * The class files that weaving reads: a library's through its own class loader, the advice's
 * through Sonde's. What was read is kept, since the classes of a library name each other; {@link
 * Weaver#settle} lets go of it.
 */
final class ClassFiles {

  /**
   * Advice and its annotations. Nothing else is looked up in Sonde's loader: it has copies of
   * libraries that applications have, too.
   */
  private static final String ADVICE = "io.sonde.agent.";

  private static final String ANNOTATIONS = "net.bytebuddy.asm.";

  private final ClassFileLocator advice;
  private final ClassFileLocator library;
  private final TypePool.CacheProvider descriptions = new TypePool.CacheProvider.Simple();
  private final Map<String, Optional<ClassMembers>> members = new ConcurrentHashMap<>();

  ClassFiles(@Nullable ClassLoader library, ClassLoader advice) {
    this(
        library == null
            ? ClassFileLocator.ForClassLoader.ofBootLoader()
            : ClassFileLocator.ForClassLoader.of(library),
        advice);
  }

  ClassFiles(ClassFileLocator library, ClassLoader advice) {
    this.advice = ClassFileLocator.ForClassLoader.of(advice);
    this.library = library;
  }

  ClassFileLocator advice() {
    return advice;
  }

  /** Descriptions of all, the type at hand as it is in memory: others may have changed it. */
  TypePool with(String name, byte[] classFile) {
    return new TypePool.Default(
        new OneOfItsOwn(name),
        new WithOne(ClassFileLocator.Simple.of(name, classFile)),
        TypePool.Default.ReaderMode.FAST);
  }

  /** Null when the library has no such class. */
  @Nullable ClassMembers members(String internalName) {
    Optional<ClassMembers> known = members.get(internalName);
    if (known == null) {
      known = read(internalName);
      members.put(internalName, known);
    }
    return known.orElse(null);
  }

  private Optional<ClassMembers> read(String internalName) {
    try {
      ClassFileLocator.Resolution found = library.locate(internalName.replace('/', '.'));
      return found.isResolved()
          ? Optional.of(ClassMembers.of(found.resolve()))
          : Optional.<ClassMembers>empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The type at hand, then everything else. */
  private final class WithOne implements ClassFileLocator {
    private final ClassFileLocator one;

    WithOne(ClassFileLocator one) {
      this.one = one;
    }

    @Override
    public Resolution locate(String name) throws IOException {
      if (name.startsWith(ADVICE) || name.startsWith(ANNOTATIONS)) {
        return advice.locate(name);
      }
      Resolution found = one.locate(name);
      return found.isResolved() ? found : library.locate(name);
    }

    @Override
    public void close() {}
  }

  /** The kept descriptions, but for that of the type at hand. */
  private final class OneOfItsOwn implements TypePool.CacheProvider {
    private final String name;
    private TypePool.@Nullable Resolution own;

    OneOfItsOwn(String name) {
      this.name = name;
    }

    @Override
    public TypePool.@Nullable Resolution find(String wanted) {
      return wanted.equals(name) ? own : descriptions.find(wanted);
    }

    @Override
    public TypePool.Resolution register(String found, TypePool.Resolution resolution) {
      if (found.equals(name)) {
        own = resolution;
        return resolution;
      }
      return descriptions.register(found, resolution);
    }

    @Override
    public void clear() {
      own = null;
    }
  }
}

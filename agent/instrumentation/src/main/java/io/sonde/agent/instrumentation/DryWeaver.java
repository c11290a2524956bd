// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.jspecify.annotations.Nullable;

/**
 * Weaves class files that nobody loads, and throws the result away: what {@link Weaver} would say
 * about them in a running application. Needs no bridge. One thread.
 */
public final class DryWeaver {

  /** Where the application's class files are. */
  public interface Library {

    /**
     * Null when there is none of this name.
     *
     * @param internalName e.g. {@code org/x/Engine}
     */
    byte @Nullable [] find(String internalName) throws IOException;
  }

  private final Library library;
  private final ClassFiles files;
  private final Set<String> notFound = new LinkedHashSet<>();

  public DryWeaver(Library library) {
    this.library = library;
    this.files =
        new ClassFiles(
            new ClassFileLocator.Compound(
                new InLibrary(), ClassFileLocator.ForClassLoader.ofPlatformLoader(), new Nowhere()),
            DryWeaver.class.getClassLoader());
  }

  /**
   * @param where for {@link Weave#loader}: the file that has the class
   * @param type one of the instrumentation's
   */
  public Weave weave(Instrumentation instrumentation, String type, byte[] classFile, String where) {
    long start = System.nanoTime();
    Weave.Outcome outcome = Weave.Outcome.APPLIED;
    String reason = null;
    try {
      byte[] woven =
          new ClassWeaving(type, classFile, files, Advice.ExceptionHandler.Default.SUPPRESSING)
              .apply(instrumentation);
      outcome = woven == classFile ? Weave.Outcome.UNTOUCHED : Weave.Outcome.APPLIED;
    } catch (ClassWeaving.Refused e) {
      outcome = Weave.Outcome.REFUSED;
      reason = e.getMessage();
    } catch (RuntimeException | LinkageError e) {
      outcome = Weave.Outcome.FAILED;
      reason = String.valueOf(e);
    }
    return new Weave(
        instrumentation.name(), type, where, outcome, reason, System.nanoTime() - start);
  }

  /** Names of the classes that were looked for in vain so far: a container brings them, perhaps. */
  public Set<String> notFound() {
    return Collections.unmodifiableSet(notFound);
  }

  private final class InLibrary implements ClassFileLocator {
    @Override
    public Resolution locate(String name) throws IOException {
      byte[] found = library.find(name.replace('.', '/'));
      return found == null ? new Resolution.Illegal(name) : new Resolution.Explicit(found);
    }

    @Override
    public void close() {}
  }

  /** Asked last. */
  private final class Nowhere implements ClassFileLocator {
    @Override
    public Resolution locate(String name) {
      notFound.add(name);
      return new Resolution.Illegal(name);
    }

    @Override
    public void close() {}
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation;

import io.sonde.agent.instrumentation.Hooks.Hook;
import io.sonde.bridge.SondeBridge;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.scaffold.TypeInitializer;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.auxiliary.AuxiliaryType;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Byte Buddy's part: copies advice into one class. No field, method or interface is added, so that
 * a class can be changed after it was loaded, and changed back.
 */
final class ClassWeaving {

  /** This version of the library cannot be instrumented; the message says what is missing. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message, null, false, false);
    }
  }

  /** Apart, since {@link DryWeaver} runs where there is no bridge. */
  private static final class Counted {
    /** {@code SondeBridge.suppressed(thrown)}, so that what advice throws is counted. */
    static final Advice.ExceptionHandler HANDLER =
        new Advice.ExceptionHandler.Simple(MethodInvocation.invoke(suppressedDoor()));
  }

  private static final AuxiliaryType.NamingStrategy NO_AUXILIARY_TYPES =
      new AuxiliaryType.NamingStrategy() {
        @Override
        public String name(TypeDescription instrumented, AuxiliaryType auxiliary) {
          throw new UnsupportedOperationException(instrumented.getName());
        }
      };

  private final ClassFiles files;
  private final byte[] classFile;
  private final TypePool pool;
  private final TypeDescription type;
  private final Advice.ExceptionHandler handler;

  ClassWeaving(String name, byte[] classFile, ClassFiles files) {
    this(name, classFile, files, Counted.HANDLER);
  }

  /**
   * @param handler what becomes of an exception that advice throws
   */
  ClassWeaving(String name, byte[] classFile, ClassFiles files, Advice.ExceptionHandler handler) {
    this.files = files;
    this.handler = handler;
    this.classFile = classFile;
    this.pool = files.with(name, classFile);
    this.type = pool.describe(name).resolve();
  }

  /** The same array when nothing of it is to be changed. */
  byte[] apply(Instrumentation instrumentation) throws Refused {
    Hooks hooks = new Hooks();
    instrumentation.weave(type.getName(), hooks);
    ClassReader reader = OpenedClassReader.of(classFile);
    // Made from the reader: methods that no advice touches are copied as they are, unread.
    ClassWriter writer = new ClassWriter(reader, AsmVisitorWrapper.NO_FLAGS);
    ClassVisitor visitor = writer;
    for (Hook hook : hooks.list()) {
      visitor = copyingInto(visitor, hook);
    }
    if (visitor == writer) {
      return classFile;
    }
    reader.accept(visitor, AsmVisitorWrapper.NO_FLAGS);
    return writer.toByteArray();
  }

  private ClassVisitor copyingInto(ClassVisitor visitor, Hook hook) throws Refused {
    MethodList<MethodDescription.InDefinedShape> methods =
        type.getDeclaredMethods().filter(hook.methods);
    if (methods.isEmpty()) {
      if (hook.optional) {
        return visitor;
      }
      throw new Refused("no method of " + type.getName() + " matches " + hook.methods);
    }
    // Told of these methods alone: the descriptors of all would make it read the class files of
    // every parameter's type.
    return advice(hook)
        .wrap(
            type,
            visitor,
            context(),
            pool,
            new FieldList.Empty<>(),
            methods,
            AsmVisitorWrapper.NO_FLAGS,
            AsmVisitorWrapper.NO_FLAGS);
  }

  private AsmVisitorWrapper advice(Hook hook) throws Refused {
    String missing = new AdviceReferences(hook.advice, files).missing();
    if (missing != null) {
      throw new Refused("missing " + missing);
    }
    return Advice.to(pool.describe(hook.advice.getName()).resolve(), files.advice())
        .withExceptionHandler(handler)
        .on(hook.methods);
  }

  private Implementation.Context context() {
    ClassFileVersion version = ClassFileVersion.ofClassFile(classFile);
    return Implementation.Context.Disabled.Factory.INSTANCE.make(
        type,
        NO_AUXILIARY_TYPES,
        TypeInitializer.None.INSTANCE,
        version,
        version,
        version.isLessThan(ClassFileVersion.JAVA_V6)
            ? Implementation.Context.FrameGeneration.DISABLED
            : Implementation.Context.FrameGeneration.GENERATE);
  }

  private static MethodDescription suppressedDoor() {
    try {
      return new MethodDescription.ForLoadedMethod(
          SondeBridge.class.getMethod("suppressed", Throwable.class));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation;

import io.sonde.bridge.SondeBridge;
import java.io.IOException;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Checks that every member of the library which an advice uses exists in the version at hand:
 * copied code with a missing member would fail on each request.
 */
final class AdviceReferences {

  private final Class<?> advice;
  private final ClassFileLocator adviceLocator;
  private final TypePool library;
  private @Nullable String missing;

  AdviceReferences(Class<?> advice, ClassFileLocator adviceLocator, TypePool library) {
    this.advice = advice;
    this.adviceLocator = adviceLocator;
    this.library = library;
  }

  /** The first symbol that is missing, e.g. {@code org.x.Request#note(int)}, or null. */
  @Nullable String missing() {
    try {
      byte[] classFile = adviceLocator.locate(advice.getName()).resolve();
      OpenedClassReader.of(classFile)
          .accept(new Scan(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      return missing;
    } catch (IOException e) {
      return advice.getName();
    }
  }

  private final class Scan extends ClassVisitor {
    Scan() {
      super(OpenedClassReader.ASM_API);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return (access & Opcodes.ACC_STATIC) == 0 ? null : new ScanMethod();
    }
  }

  private final class ScanMethod extends MethodVisitor {
    ScanMethod() {
      super(OpenedClassReader.ASM_API);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (missing == null && ofLibrary(owner) && !hasMethod(owner, name, descriptor)) {
        missing = owner.replace('/', '.') + '#' + name + descriptor;
      }
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      if (missing == null && ofLibrary(owner) && !hasField(owner, name)) {
        missing = owner.replace('/', '.') + '#' + name;
      }
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      if (missing == null && type.charAt(0) != '[' && ofLibrary(type) && resolve(type) == null) {
        missing = type.replace('/', '.');
      }
    }
  }

  private static boolean ofLibrary(String owner) {
    return owner.charAt(0) != '['
        && !owner.startsWith("java/")
        && !owner.equals(Type.getInternalName(SondeBridge.class));
  }

  private boolean hasMethod(String owner, String name, String descriptor) {
    TypeDescription start = resolve(owner);
    return start != null && declares(start, name, descriptor);
  }

  private static boolean declares(TypeDefinition start, String name, String descriptor) {
    for (TypeDefinition type = start; type != null; type = type.getSuperClass()) {
      for (MethodDescription method : type.getDeclaredMethods()) {
        if (method.getInternalName().equals(name) && method.getDescriptor().equals(descriptor)) {
          return true;
        }
      }
      for (TypeDefinition parent : type.getInterfaces()) {
        if (declares(parent, name, descriptor)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean hasField(String owner, String name) {
    for (TypeDefinition type = resolve(owner); type != null; type = type.getSuperClass()) {
      if (!type.getDeclaredFields().filter(ElementMatchers.named(name)).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private @Nullable TypeDescription resolve(String internalName) {
    TypePool.Resolution found = library.describe(internalName.replace('/', '.'));
    return found.isResolved() ? found.resolve() : null;
  }
}

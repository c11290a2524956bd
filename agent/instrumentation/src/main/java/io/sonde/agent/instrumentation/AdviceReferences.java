// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation;

import java.io.IOException;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Checks that every member of the library which an advice uses exists in the version at hand:
 * copied code with a missing member would fail on each request.
 */
final class AdviceReferences {

  /** When shipped it is of {@code java.lang}. By name, since doctor's JVM has none. */
  private static final String BRIDGE = "io/sonde/bridge/SondeBridge";

  private final Class<?> advice;
  private final ClassFiles files;
  private @Nullable String missing;

  AdviceReferences(Class<?> advice, ClassFiles files) {
    this.advice = advice;
    this.files = files;
  }

  /** The first symbol that is missing, e.g. {@code org.x.Request#note(int)}, or null. */
  @Nullable String missing() {
    try {
      byte[] classFile = files.advice().locate(advice.getName()).resolve();
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
      if (missing != null || !ofLibrary(owner)) {
        return;
      }
      if (!hasMethod(owner, name, descriptor)) {
        missing = owner.replace('/', '.') + '#' + name + descriptor;
      } else if (files.members(owner).isInterface() != isInterface) {
        // It would be an IncompatibleClassChangeError at every call.
        missing = (isInterface ? "interface " : "class ") + owner.replace('/', '.');
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
      if (missing == null
          && type.charAt(0) != '['
          && ofLibrary(type)
          && files.members(type) == null) {
        missing = type.replace('/', '.');
      }
    }
  }

  private static boolean ofLibrary(String owner) {
    return owner.charAt(0) != '[' && !owner.startsWith("java/") && !owner.equals(BRIDGE);
  }

  /** Declared by the type or inherited; the chain ends where a class file is not to be had. */
  private boolean hasMethod(String owner, String name, String descriptor) {
    ClassMembers members = files.members(owner);
    if (members == null) {
      return false;
    }
    if (members.declaresMethod(name, descriptor)) {
      return true;
    }
    for (String parent : members.parents()) {
      if (hasMethod(parent, name, descriptor)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasField(String owner, String name) {
    ClassMembers members = files.members(owner);
    if (members == null) {
      return false;
    }
    if (members.declaresField(name)) {
      return true;
    }
    for (String parent : members.parents()) {
      if (hasField(parent, name)) {
        return true;
      }
    }
    return false;
  }
}

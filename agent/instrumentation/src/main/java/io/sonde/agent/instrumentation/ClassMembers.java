// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * What one class file declares, by name. Byte Buddy's descriptions know more, but comparing a
 * descriptor with theirs reads the class files of all the types in it.
 */
final class ClassMembers extends ClassVisitor {

  private final Set<String> methods = new HashSet<>();
  private final Set<String> fields = new HashSet<>();
  private final List<String> parents = new ArrayList<>();
  private boolean isInterface;

  private ClassMembers() {
    super(OpenedClassReader.ASM_API);
  }

  static ClassMembers of(byte[] classFile) {
    ClassMembers members = new ClassMembers();
    OpenedClassReader.of(classFile)
        .accept(members, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return members;
  }

  boolean isInterface() {
    return isInterface;
  }

  boolean declaresMethod(String name, String descriptor) {
    return methods.contains(name + descriptor);
  }

  boolean declaresField(String name) {
    return fields.contains(name);
  }

  /** Internal names: the super class, if any, and the interfaces. */
  List<String> parents() {
    return parents;
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String[] interfaces) {
    isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
    if (superName != null) {
      parents.add(superName);
    }
    parents.addAll(Arrays.asList(interfaces));
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    methods.add(name + descriptor);
    return null;
  }

  @Override
  public @Nullable FieldVisitor visitField(
      int access, String name, String descriptor, String signature, Object value) {
    fields.add(name);
    return null;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation;

import io.sonde.agent.instrumentation.Hooks.Hook;
import io.sonde.bridge.SondeBridge;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.TypeResolutionStrategy;
import net.bytebuddy.dynamic.VisibilityBridgeStrategy;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

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

  private static final ByteBuddy BYTE_BUDDY =
      new ByteBuddy()
          .with(TypeValidation.DISABLED)
          .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
          .with(VisibilityBridgeStrategy.Default.NEVER)
          .with(InstrumentedType.Factory.Default.FROZEN)
          .with(Implementation.Context.Disabled.Factory.INSTANCE);

  /** {@code SondeBridge.suppressed(thrown)}, so that what advice throws is counted. */
  private static final Advice.ExceptionHandler COUNTED =
      new Advice.ExceptionHandler.Simple(MethodInvocation.invoke(suppressedDoor()));

  private final ClassFileLocator locator;
  private final ClassFileLocator adviceLocator;
  private final TypePool pool;
  private final TypePool advicePool;
  private final TypeDescription type;

  ClassWeaving(
      String name, @Nullable ClassLoader loader, byte[] classFile, ClassLoader adviceLoader) {
    adviceLocator = ClassFileLocator.ForClassLoader.of(adviceLoader);
    locator =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(name, classFile),
            loader == null
                ? ClassFileLocator.ForClassLoader.ofBootLoader()
                : ClassFileLocator.ForClassLoader.of(loader));
    pool = pool(locator);
    advicePool = pool(new ClassFileLocator.Compound(adviceLocator, locator));
    type = pool.describe(name).resolve();
  }

  byte[] apply(Instrumentation instrumentation) throws Refused {
    Hooks hooks = new Hooks();
    instrumentation.weave(type.getName(), hooks);
    DynamicType.Builder<?> builder = BYTE_BUDDY.decorate(type, locator);
    for (Hook hook : hooks.list()) {
      if (hasMatch(hook)) {
        builder = builder.visit(advice(hook));
      } else if (!hook.optional) {
        throw new Refused("no method of " + type.getName() + " matches " + hook.methods);
      }
    }
    return builder.make(TypeResolutionStrategy.Disabled.INSTANCE, pool).getBytes();
  }

  private boolean hasMatch(Hook hook) {
    return !type.getDeclaredMethods().filter(hook.methods).isEmpty();
  }

  private AsmVisitorWrapper advice(Hook hook) throws Refused {
    String missing = new AdviceReferences(hook.advice, adviceLocator, pool).missing();
    if (missing != null) {
      throw new Refused("missing " + missing);
    }
    return Advice.to(advicePool.describe(hook.advice.getName()).resolve(), adviceLocator)
        .withExceptionHandler(COUNTED)
        .on(hook.methods);
  }

  private static TypePool pool(ClassFileLocator locator) {
    return new TypePool.Default(
        new TypePool.CacheProvider.Simple(), locator, TypePool.Default.ReaderMode.FAST);
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

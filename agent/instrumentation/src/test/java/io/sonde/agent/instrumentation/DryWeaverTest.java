// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.FixedValue;
import org.junit.jupiter.api.Test;

/** What would become of class files that nobody has loaded. */
class DryWeaverTest {

  private static final String ENGINE = "org.nowhere.Engine";

  private final DryWeaver weaver = new DryWeaver(DryWeaverTest::find);

  /** Every library that is tested here. */
  @Test
  void saysOfTheLibrariesOnThisClassPathWhatTheWeaverSays() throws IOException {
    List<String> wrong = new ArrayList<>();
    Set<String> applied = new TreeSet<>();
    for (Instrumentation instrumentation : Instrumentations.all()) {
      for (String type : instrumentation.types()) {
        byte[] classFile = find(type.replace('.', '/'));
        if (classFile != null && !type.startsWith("java.")) {
          Weave weave = weaver.weave(instrumentation, type, classFile, "here");
          if (weave.reason() == null) {
            applied.add(weave.instrumentation());
          } else {
            wrong.add(weave.instrumentation() + " " + type + " " + weave.reason());
          }
        }
      }
    }

    assertThat(applied).contains("tomcat", "logback", "hikari", "netty").hasSizeGreaterThan(25);
    assertThat(wrong).isEmpty();
  }

  @Test
  void namesTheMemberThatIsMissing() {
    Weave weave = weaver.weave(new MissingMember(), ENGINE, engine(), "x.jar");

    assertThat(weave.outcome()).isEqualTo(Weave.Outcome.REFUSED);
    assertThat(weave.reason()).isEqualTo("missing " + Absent.class.getName() + "#gone()V");
    assertThat(weave.loader()).isEqualTo("x.jar");
  }

  @Test
  void remembersTheClassesThatItDidNotFind() {
    DryWeaver nothing = new DryWeaver(name -> null);

    Weave weave = nothing.weave(new MissingMember(), ENGINE, engine(), "x.jar");

    assertThat(weave.outcome()).isEqualTo(Weave.Outcome.REFUSED);
    assertThat(nothing.notFound()).contains(Absent.class.getName());
  }

  @Test
  void survivesWhatIsNoClassFile() {
    Weave weave = weaver.weave(new MissingMember(), ENGINE, new byte[0], "x.jar");

    assertThat(weave.outcome()).isEqualTo(Weave.Outcome.FAILED);
  }

  /** Of a library: found as a class file in which it is not. */
  static class Absent {
    static void gone() {}
  }

  private static final class MissingMember implements Instrumentation {
    @Override
    public String name() {
      return "missing-member";
    }

    @Override
    public List<String> types() {
      return Collections.singletonList(ENGINE);
    }

    @Override
    public void weave(String type, Hooks hooks) {
      hooks.advise(named("toString"), CallsWhatIsGone.class);
    }
  }

  static final class CallsWhatIsGone {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      Absent.gone();
    }
  }

  private static byte[] engine() {
    return new ByteBuddy()
        .subclass(Object.class)
        .name(ENGINE)
        .method(named("toString"))
        .intercept(FixedValue.value("engine"))
        .make()
        .getBytes();
  }

  private static byte[] find(String internalName) throws IOException {
    if (internalName.equals(Absent.class.getName().replace('.', '/'))) {
      return new ByteBuddy().subclass(Object.class).name(Absent.class.getName()).make().getBytes();
    }
    try (InputStream in =
        DryWeaverTest.class.getClassLoader().getResourceAsStream(internalName + ".class")) {
      return in == null ? null : in.readAllBytes();
    }
  }
}

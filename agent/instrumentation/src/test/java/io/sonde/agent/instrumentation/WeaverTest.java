// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.FixedValue;
import org.junit.jupiter.api.Test;

/** A library of two classes, in versions that its advice fits and does not fit. */
class WeaverTest {

  static class Engine {
    String handle(Request request) {
      return "handled " + request;
    }
  }

  static class Request {
    String note() {
      return "note";
    }
  }

  private static final String ENGINE = Engine.class.getName();
  private static final String REQUEST = Request.class.getName();

  static final class NoteAdvice {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Request request) {
      request.note();
    }
  }

  private static final class EngineInstrumentation implements Instrumentation {
    private final String method;
    private final boolean optional;

    EngineInstrumentation(String method, boolean optional) {
      this.method = method;
      this.optional = optional;
    }

    @Override
    public String name() {
      return "engine";
    }

    @Override
    public List<String> types() {
      return List.of(ENGINE);
    }

    @Override
    public void weave(String type, Hooks hooks) {
      if (optional) {
        hooks.adviseIfPresent(named(method), NoteAdvice.class);
      } else {
        hooks.advise(named(method), NoteAdvice.class);
      }
    }
  }

  /** Finds the class file of a request of its own. */
  private static final class LibraryLoader extends ClassLoader {
    private final byte[] request;

    LibraryLoader(byte[] request) {
      super(WeaverTest.class.getClassLoader());
      this.request = request;
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      return name.equals(REQUEST.replace('.', '/') + ".class")
          ? new ByteArrayInputStream(request)
          : super.getResourceAsStream(name);
    }
  }

  private final List<Weave> told = new ArrayList<>();

  @Test
  void weavesALibraryThatFits() throws IOException {
    byte[] woven = weave(new EngineInstrumentation("handle", false), request("note"));

    assertThat(woven).isNotNull();
    assertThat(told).extracting(Weave::outcome).containsExactly(Weave.Outcome.APPLIED);
    assertThat(told.get(0).type()).isEqualTo(ENGINE);
    assertThat(told.get(0).reason()).isNull();
  }

  @Test
  void refusesALibraryWithoutAMethodThatAdviceCallsAndNamesIt() throws IOException {
    byte[] woven = weave(new EngineInstrumentation("handle", false), request("remark"));

    assertThat(woven).as("stays as it is").isNull();
    assertThat(told).extracting(Weave::outcome).containsExactly(Weave.Outcome.REFUSED);
    assertThat(told.get(0).reason()).isEqualTo("missing " + REQUEST + "#note()Ljava/lang/String;");
  }

  /** Each call would be an IncompatibleClassChangeError. */
  @Test
  void refusesAClassThatHasBecomeAnInterface() throws IOException {
    byte[] anInterface =
        bytes(
            new ByteBuddy()
                .makeInterface()
                .name(REQUEST)
                .defineMethod("note", String.class, Visibility.PUBLIC)
                .withoutCode());

    byte[] woven = weave(new EngineInstrumentation("handle", false), anInterface);

    assertThat(woven).isNull();
    assertThat(told.get(0).outcome()).isEqualTo(Weave.Outcome.REFUSED);
    assertThat(told.get(0).reason()).isEqualTo("missing class " + REQUEST);
  }

  @Test
  void refusesALibraryWithoutTheMethodToHook() throws IOException {
    assertThat(weave(new EngineInstrumentation("serve", false), request("note"))).isNull();

    assertThat(told.get(0).outcome()).isEqualTo(Weave.Outcome.REFUSED);
    assertThat(told.get(0).reason()).contains(ENGINE).contains("serve");
  }

  @Test
  void leavesAClassAloneThatHasNothingOfWhatIsOptional() throws IOException {
    assertThat(weave(new EngineInstrumentation("serve", true), request("note"))).isNull();

    assertThat(told.get(0).outcome()).isEqualTo(Weave.Outcome.UNTOUCHED);
    assertThat(told.get(0).reason()).isNull();
  }

  private byte[] weave(Instrumentation instrumentation, byte[] request) throws IOException {
    Weaver weaver = new Weaver(List.of(instrumentation), new ClassLoaderOfAdvice(), told::add);
    try (InputStream in = Engine.class.getResourceAsStream("WeaverTest$Engine.class")) {
      return weaver.transform(
          new LibraryLoader(request), ENGINE.replace('.', '/'), null, null, in.readAllBytes());
    }
  }

  /** Another than the library's, which is not woven. */
  private static final class ClassLoaderOfAdvice extends ClassLoader {
    ClassLoaderOfAdvice() {
      super(WeaverTest.class.getClassLoader());
    }
  }

  private static byte[] request(String method) {
    return bytes(
        new ByteBuddy()
            .subclass(Object.class)
            .name(REQUEST)
            .defineMethod(method, String.class, Visibility.PACKAGE_PRIVATE)
            .intercept(FixedValue.value("note")));
  }

  private static byte[] bytes(DynamicType.Builder<?> type) {
    return type.make().getBytes();
  }
}

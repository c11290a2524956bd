// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dist;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Maven's graph of modules cannot say. */
class ArchitectureTest {

  private static final String ENTER = "net.bytebuddy.asm.Advice$OnMethodEnter";
  private static final String EXIT = "net.bytebuddy.asm.Advice$OnMethodExit";
  private static final String INSTRUMENTATION = "io.sonde.agent.instrumentation.";

  private static final String[] JDK = {
    "java..",
    "javax.management..",
    "com.sun.net.httpserver..",
    "sun.net..",
    "jdk.internal.net.http.."
  };

  /** By the instrumentation's package. One that is not listed hooks the JDK. */
  private static final Map<String, String[]> LIBRARIES =
      Map.ofEntries(
          entry("tomcat", "org.apache.catalina..", "org.apache.coyote..", "org.apache.tomcat.."),
          entry("jetty", "org.eclipse.jetty.."),
          entry("undertow", "io.undertow..", "org.xnio.."),
          entry("servlet", "javax.servlet..", "jakarta.servlet.."),
          entry("springmvc", "org.springframework..", "javax.servlet..", "jakarta.servlet.."),
          entry("webflux", "org.springframework.."),
          entry("grizzly", "org.glassfish.grizzly.."),
          entry("helidon", "io.helidon.."),
          entry("armeria", "com.linecorp.armeria..", "io.netty.."),
          entry("vertxweb", "io.vertx.ext.web.."),
          entry("javalin", "io.javalin.."),
          entry("apachehttpclient4", "org.apache.http.."),
          entry("apachehttpclient5", "org.apache.hc.."),
          entry("okhttp", "okhttp3.."),
          entry("coroutines", "kotlinx.coroutines..", "kotlin.."),
          entry("jettyclient", "org.eclipse.jetty.."),
          entry("apachehttpasyncclient4", "org.apache.http.."),
          entry("jersey", "org.glassfish.jersey.."),
          entry("resteasy", "org.jboss.resteasy.."),
          entry("logback", "ch.qos.logback..", "org.slf4j.."),
          entry("log4j2", "org.apache.logging.log4j.."),
          entry("log4j1", "org.apache.log4j.."),
          entry("jbosslogmanager", "org.jboss.logmanager.."),
          entry("hikari", "com.zaxxer.hikari.."),
          entry("netty", "io.netty.."),
          entry("grpc", "io.grpc.."),
          entry("reactornetty", "reactor.netty..", "io.netty.."),
          entry("vertx", "io.vertx.core..", "io.netty.."),
          entry("lettuce", "io.lettuce..", "io.netty.."),
          entry("kafka", "org.apache.kafka.."));

  private static final DescribedPredicate<JavaClass> ADVICE =
      describe("advice", type -> type.getMethods().stream().anyMatch(ArchitectureTest::isAdvice));

  private static JavaClasses sonde;

  @BeforeAll
  static void read() {
    sonde =
        new ClassFileImporter()
            .importPackages(
                "io.sonde.premain", "io.sonde.bridge", "io.sonde.agent", "io.sonde.health");
    assertThat(sonde.stream().filter(ADVICE)).hasSizeGreaterThan(10);
  }

  @Test
  void adviceNamesOnlyTheJdkTheBridgeAndItsLibrary() {
    classes()
        .that(ADVICE)
        .should(
            new ArchCondition<>("name only the JDK, the bridge and its own library") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                onlyDependOnClassesThat(
                        resideInAnyPackage(JDK)
                            .or(resideInAnyPackage("io.sonde.bridge..", "net.bytebuddy.."))
                            .or(resideInAnyPackage(library(type))))
                    .check(type, events);
              }
            })
        .because("it is copied into classes of loaders that see nothing else of Sonde")
        .check(sonde);
  }

  @Test
  void adviceHasNoLambdaAndNoState() {
    classes()
        .that(ADVICE)
        .should(
            new ArchCondition<>("have neither lambdas nor fields") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.getMethods().stream()
                    .filter(method -> method.getName().startsWith("lambda$"))
                    .forEach(
                        method ->
                            events.add(
                                SimpleConditionEvent.violated(method, method.getFullName())));
                type.getFields()
                    .forEach(
                        field ->
                            events.add(SimpleConditionEvent.violated(field, field.getFullName())));
              }
            })
        .because("a copied body would reach for what only Sonde's loader has")
        .check(sonde);
  }

  @Test
  void adviceNeverThrowsIntoTheApplication() {
    methods()
        .that(describe("are advice", ArchitectureTest::isAdvice))
        .should(
            new ArchCondition<JavaMethod>("suppress every Throwable") {
              @Override
              public void check(JavaMethod method, ConditionEvents events) {
                boolean suppressed =
                    adviceOf(method)
                        .flatMap(advice -> advice.get("suppress"))
                        .filter(JavaClass.class::isInstance)
                        .map(JavaClass.class::cast)
                        .filter(type -> type.isEquivalentTo(Throwable.class))
                        .isPresent();
                events.add(
                    new SimpleConditionEvent(
                        method, suppressed, method.getFullName() + " does not suppress"));
              }
            })
        .because("the application is never harmed")
        .check(sonde);
  }

  @Test
  void exportersKnowNothingOfEachOther() {
    slices()
        .matching("io.sonde.agent.exporter.(*)..")
        .should()
        .notDependOnEachOther()
        .because("one destination's trouble is nobody else's, and each can be left out")
        .check(sonde);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("io.sonde.(**)")
        .should()
        .beFreeOfCycles()
        // THE list names every instrumentation, each of which implements what stands beside the
        // list.
        .ignoreDependency(
            describe("the list", type -> type.getSimpleName().equals("Instrumentations")),
            alwaysTrue())
        .because("data goes one way, from the bridge to the exporters")
        .check(sonde);
  }

  @Test
  void premainAndBridgeTouchNothingThatTheApplicationMustSetUpFirst() {
    noClasses()
        .that()
        .resideInAnyPackage("io.sonde.premain..", "io.sonde.bridge..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.logging..",
            "java.nio.file..",
            "javax.management..",
            "java.lang.management..",
            "java.net.http..")
        .because("its main may install a LogManager, a file system or an MBean server of its own")
        .check(sonde);
  }

  @Test
  void nothingLogsThroughTheApplicationsLogging() {
    noClasses()
        .that()
        .resideOutsideOfPackages(INSTRUMENTATION + "jul", INSTRUMENTATION + "jbosslogmanager")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .because("whose set-up is the application's affair")
        .check(sonde);
  }

  @Test
  void onlyTheCommandLineAndSondesLogWriteToTheConsole() {
    noClasses()
        .that(
            describe(
                "are not Premain, BridgeDefinition, CommandLine, Startup, AgentLog or StdoutSink",
                type ->
                    !outermost(type)
                        .matches(
                            "Premain|BridgeDefinition|CommandLine|Startup|AgentLog|StdoutSink")))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .because("stdout and stderr are the application's")
        .check(sonde);
  }

  @Test
  void onlyTheCommandLineEndsTheJvm() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.sonde.premain.Premain")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .because("the application is never harmed")
        .check(sonde);
  }

  @Test
  void everyThreadIsMarked() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.sonde.agent.recording.AgentThreads")
        .should()
        .callConstructorWhere(
            describe(
                "of a thread or timer",
                call ->
                    call.getTargetOwner().isAssignableTo(Thread.class)
                        || call.getTargetOwner().isAssignableTo(Timer.class)))
        .because("Sonde never observes itself: AgentThreads puts the mark on")
        .check(sonde);
  }

  @Test
  void healthIsALibraryOfItsOwn() {
    classes()
        .that()
        .resideInAPackage("io.sonde.health..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.sonde.health..", "java..", "javax.management..", "org.jspecify..")
        .because("an application uses it without the agent")
        .check(sonde);
  }

  @Test
  void bridgeAndPremainStandAlone() {
    noClasses()
        .that()
        .resideInAnyPackage("io.sonde.bridge..", "io.sonde.premain..")
        .should()
        .dependOnClassesThat(
            resideOutsideOfPackages("java..", "io.sonde.bridge..", "io.sonde.premain..")
                .and(resideOutsideOfPackages("org.jspecify..")))
        .because("they live in loaders where nothing else of Sonde is")
        .check(sonde);
  }

  private static boolean isAdvice(JavaMethod method) {
    return method.isAnnotatedWith(ENTER) || method.isAnnotatedWith(EXIT);
  }

  private static Optional<JavaAnnotation<JavaMethod>> adviceOf(JavaMethod method) {
    return method.getAnnotations().stream()
        .filter(
            annotation ->
                annotation.getRawType().getName().equals(ENTER)
                    || annotation.getRawType().getName().equals(EXIT))
        .findFirst();
  }

  private static Map.Entry<String, String[]> entry(String instrumentation, String... packages) {
    return Map.entry(instrumentation, packages);
  }

  private static String[] library(JavaClass advice) {
    String name = advice.getPackageName().substring(INSTRUMENTATION.length());
    return LIBRARIES.getOrDefault(name, new String[0]);
  }

  private static String outermost(JavaClass type) {
    String name = type.getName().substring(type.getPackageName().length() + 1);
    return name.replaceFirst("\\$.*", "");
  }
}

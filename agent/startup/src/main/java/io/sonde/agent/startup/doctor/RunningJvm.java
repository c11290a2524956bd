// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup.doctor;

import io.sonde.agent.recording.AgentThreads;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * A JVM on this machine, asked through the attach API for its properties, and for nothing else: no
 * agent is loaded into it. By reflection, since Java 8 has that API in {@code tools.jar}, and a
 * runtime without the module {@code jdk.attach} not at all.
 */
public final class RunningJvm {

  /** Why it cannot be asked, in one line. */
  public static final class Unreachable extends Exception {
    private static final long serialVersionUID = 1;

    Unreachable(String message) {
      super(message);
    }
  }

  private static final long LIMIT_SECONDS = 10;
  private static final String VIRTUAL_MACHINE = "com.sun.tools.attach.VirtualMachine";
  private static final String SONDE_FILE = "sonde-agent";
  private static final String SONDE_CLASS = "io.sonde.premain.Premain";

  private final ProcFiles process;
  private final Properties system;
  private final List<String> flags;
  private final String command;

  private RunningJvm(ProcFiles process, Properties system, Properties agent) {
    this.process = process;
    this.system = system;
    this.command = agent.getProperty("sun.java.command", "");
    this.flags = flags(agent.getProperty("sun.jvm.args", ""));
  }

  /** Asks it, for ten seconds at most. */
  public static RunningJvm attach(long pid) throws Unreachable {
    ProcFiles process = new ProcFiles(pid);
    String obstacle = process.obstacle(pid);
    if (obstacle != null) {
      throw new Unreachable(obstacle);
    }
    Class<?> api = api();
    FutureTask<Properties[]> asked = new FutureTask<>(() -> ask(api, String.valueOf(pid)));
    AgentThreads.unstarted("doctor", asked).start();
    try {
      Properties[] answers = asked.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      return new RunningJvm(process, answers[0], answers[1]);
    } catch (TimeoutException e) {
      throw new Unreachable("process " + pid + " did not answer in " + LIMIT_SECONDS + " s");
    } catch (ExecutionException e) {
      throw new Unreachable("process " + pid + " cannot be asked: " + reason(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("interrupted");
    }
  }

  private static Class<?> api() throws Unreachable {
    try {
      return Class.forName(VIRTUAL_MACHINE, true, ClassLoader.getSystemClassLoader());
    } catch (ClassNotFoundException e) {
      // Java 8, perhaps.
    }
    File tools = new File(System.getProperty("java.home"), "../lib/tools.jar");
    try {
      if (tools.isFile()) {
        return new URLClassLoader(new URL[] {tools.toURI().toURL()}).loadClass(VIRTUAL_MACHINE);
      }
    } catch (ClassNotFoundException | MalformedURLException e) {
      // Told below.
    }
    throw new Unreachable(
        "this Java runtime has no attach module (jdk.attach, tools.jar): run it with a JDK's java,"
            + " or give the jar instead of the process id");
  }

  private static Properties[] ask(Class<?> api, String pid) throws Exception {
    Object vm = api.getMethod("attach", String.class).invoke(null, pid);
    try {
      return new Properties[] {
        (Properties) api.getMethod("getSystemProperties").invoke(vm),
        (Properties) api.getMethod("getAgentProperties").invoke(vm)
      };
    } finally {
      api.getMethod("detach").invoke(vm);
    }
  }

  private static String reason(Throwable thrown) {
    Throwable cause = thrown instanceof InvocationTargetException ? thrown.getCause() : thrown;
    String message = cause.getMessage();
    return Text.clean(message == null ? cause.getClass().getSimpleName() : message);
  }

  /** Split where the next one begins: a value may have spaces. */
  private static List<String> flags(String all) {
    return all.trim().isEmpty()
        ? Collections.emptyList()
        : Arrays.asList(all.trim().split("\\s+(?=-)"));
  }

  public Properties systemProperties() {
    return system;
  }

  /** Empty where it cannot be read. */
  public Map<String, String> environment() {
    return process.environment();
  }

  /** TCP ports that it listens on; empty where that cannot be known. */
  public Set<Integer> listening() {
    return process.listening();
  }

  /** What stands behind {@code -javaagent:sonde-agent.jar=}; null when Sonde is not in it. */
  public @Nullable String sondeArgument() {
    for (String flag : flags) {
      if (isSonde(flag)) {
        int equals = flag.indexOf('=');
        return equals < 0 ? "" : flag.substring(equals + 1);
      }
    }
    return null;
  }

  /** By its manifest, where that can be read: the file may have been renamed. */
  private boolean isSonde(String flag) {
    if (!flag.startsWith("-javaagent:")) {
      return false;
    }
    String path = flag.substring("-javaagent:".length()).replaceFirst("=.*", "");
    try (JarFile jar = new JarFile(file(path), false)) {
      return jar.getManifest() != null
          && SONDE_CLASS.equals(jar.getManifest().getMainAttributes().getValue("Premain-Class"));
    } catch (IOException e) {
      return path.contains(SONDE_FILE);
    }
  }

  /** Adds what it runs: class path, module path, and Tomcat's folders. */
  public void addTo(Archives archives) {
    for (String path : paths("java.class.path", "jdk.module.path")) {
      archives.addEntry(file(path), path);
    }
    String home = system.getProperty("catalina.home");
    String base = system.getProperty("catalina.base", home);
    if (home != null) {
      addJars(archives, new File(home, "lib"));
      if (!home.equals(base)) {
        addJars(archives, new File(base, "lib"));
      }
      addWebApplications(archives, new File(base, "webapps"));
    }
  }

  private List<String> paths(String... properties) {
    List<String> paths = new ArrayList<>();
    for (String property : properties) {
      for (String path :
          system.getProperty(property, "").split(system.getProperty("path.separator", ":"))) {
        if (!path.isEmpty()) {
          paths.add(path);
        }
      }
    }
    return paths;
  }

  private void addJars(Archives archives, File folder) {
    File[] files = file(folder.getPath()).listFiles();
    for (File file : sorted(files)) {
      if (file.getName().endsWith(".jar")) {
        archives.addEntry(file, new File(folder, file.getName()).getPath());
      }
    }
  }

  private void addWebApplications(Archives archives, File folder) {
    File[] files = file(folder.getPath()).listFiles();
    for (File file : sorted(files)) {
      String unpacked = file.getPath().replaceFirst("\\.war$", "");
      if (file.isDirectory()
          || file.getName().endsWith(".war") && !new File(unpacked).isDirectory()) {
        archives.add(file);
      }
    }
  }

  private static File[] sorted(File @Nullable [] files) {
    File[] sorted = files == null ? new File[0] : files.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** A file as this process finds what that one names. */
  public File file(String path) {
    File absolute = new File(path);
    return process.file(
        absolute.isAbsolute()
            ? path
            : new File(system.getProperty("user.dir", "."), path).getPath());
  }

  /** Java, flags, other agents. */
  public void tell(Report report) {
    report.jvm(
        "Java",
        system.getProperty("java.version")
            + ", "
            + system.getProperty("java.vm.name")
            + ", "
            + system.getProperty("java.vendor"));
    report.jvm("main", command.isEmpty() ? "?" : command.split(" ")[0]);
    report.jvm(
        "runs", process.isElsewhere() ? "in a container; read through /proc" : "on this host");
    Examination.tooNew(report, java());
    if (!String.valueOf(system.getProperty("java.vm.name")).matches(".*(HotSpot|OpenJDK).*")) {
      report.finding(
          "its JVM is "
              + system.getProperty("java.vm.name")
              + "; Sonde is verified on HotSpot only",
          "try it apart from production");
    }
    Flags.tell(flags, sondeArgument() != null, report);
    flags.stream()
        .filter(flag -> flag.matches("-(javaagent|agentpath|agentlib):.*") && !isSonde(flag))
        .forEach(flag -> OtherAgents.tell(flag, report));
  }

  private int java() {
    String version = system.getProperty("java.specification.version", "8");
    return Integer.parseInt(version.replaceFirst("^1\\.", "").replaceFirst("\\D.*", ""));
  }
}

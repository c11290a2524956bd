// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import io.sonde.testkit.Jdk;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles a scenario and what is in {@code common} against one version of a library, as its users
 * do: a binary that fits one version need not fit another.
 */
final class ScenarioCompiler {

  private final Path sources;
  private final Path output;

  ScenarioCompiler(Path sources, Path output) {
    this.sources = sources;
    this.output = output;
  }

  /**
   * The folder of its classes.
   *
   * @throws AssertionError with what the compiler said
   */
  Path compile(Library library, Library.Version version, List<String> jars) {
    Path classes = output.resolve(library.name() + "-" + version.text());
    try {
      Files.createDirectories(classes);
      List<String> options =
          List.of(
              "--release",
              String.valueOf(library.release()),
              "-nowarn",
              "-Xlint:none",
              "-proc:none",
              "-cp",
              String.join(File.pathSeparator, jars),
              "-d",
              classes.toString());
      List<Source> files =
          Stream.concat(Stream.of("common"), library.scenarios().stream())
              .flatMap(folder -> files(sources.resolve(folder)))
              .map(file -> source(file, library.replacements()))
              .toList();
      boolean own = library.release() <= Runtime.version().feature();
      String said = own ? errors(options, files) : errors(library.release(), options, files);
      if (!said.isEmpty()) {
        throw new AssertionError("scenario %s: %s".formatted(library.scenarios(), said));
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of this JDK's compiler; empty: none. */
  private static String errors(List<String> options, List<Source> files) {
    StringWriter said = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    return compiler.getTask(said, null, null, options, null, files).call() ? "" : said.toString();
  }

  /** Of the JDK of that release, which reads what is too new for this one. */
  private String errors(int release, List<String> options, List<Source> files) throws IOException {
    Path folder = Files.createTempDirectory(output, "sources");
    List<String> command = new ArrayList<>();
    command.add(Jdk.of(release).bin("javac").toString());
    command.addAll(options);
    for (Source file : files) {
      Path copy = folder.resolve(Path.of(file.getName()).getFileName());
      command.add(Files.writeString(copy, file.text).toString());
    }
    Process javac = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return javac.onExit().join().exitValue() == 0 ? "" : said;
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source source(Path file, Map<String, String> replacements) {
    String text = text(file);
    for (Map.Entry<String, String> each : replacements.entrySet()) {
      text = text.replace(each.getKey(), each.getValue());
    }
    return new Source(URI.create("string:///com/example/" + file.getFileName()), text);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(URI uri, String text) {
      super(uri, Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}

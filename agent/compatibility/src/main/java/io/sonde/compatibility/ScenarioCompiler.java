// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
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
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path classes = output.resolve(library.name() + "-" + version.text());
    StringWriter said = new StringWriter();
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
      List<JavaFileObject> files =
          Stream.concat(Stream.of("common"), library.scenarios().stream())
              .flatMap(folder -> files(sources.resolve(folder)))
              .map(file -> source(file, library.replacements()))
              .toList();
      if (!compiler.getTask(said, null, null, options, null, files).call()) {
        throw new AssertionError("scenario %s: %s".formatted(library.scenarios(), said));
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaFileObject source(Path file, Map<String, String> replacements) {
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

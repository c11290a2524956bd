// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The template and the code that writes the lines cannot drift apart: its sources are read. */
final class ShippedTemplateTest {

  private static final Path SOURCES = Path.of("src/main/java/io/sonde/agent/exporter/logs");

  private static final Pattern TEXT =
      Pattern.compile(
          "\\b(?:text|put|named|writeFieldName|writeStringField)\\(\\s*(?:json,\\s*)?\"([^\"]+)\"");

  private static final Pattern NUMBER =
      Pattern.compile("\\b(?:number|decimal|writeNumberField)\\(\\s*(?:json,\\s*)?\"([^\"]+)\"");

  /** Modules of a distribution that not every cluster has, and OpenSearch has not. */
  private static final Set<String> CORE_TYPES =
      Set.of("keyword", "text", "long", "float", "date", "ip");

  private final Map<String, String> types = ShippedTemplate.types();

  @Test
  void hasEveryFieldThatIsWrittenAndNoOther() throws IOException {
    Set<String> written = written(TEXT);
    written.addAll(written(NUMBER));
    // By a provider of the library's.
    written.add("@version");

    assertThat(written).hasSizeGreaterThan(40);
    assertThat(types.keySet()).isSubsetOf(written);
    written.removeIf(name -> name.startsWith("labels.") && !types.containsKey(name));
    assertThat(types.keySet()).as("labels that are text need not be named").isEqualTo(written);
  }

  @Test
  void knowsWhichAreNumbers() throws IOException {
    Set<String> numbers = written(NUMBER);

    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(
            types.keySet().stream()
                .filter(name -> List.of("long", "float").contains(types.get(name)))
                .toList());
  }

  @Test
  void usesTypesOfTheCoreOnly() {
    assertThat(CORE_TYPES).containsAll(types.values());
  }

  private static Set<String> written(Pattern call) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        for (Matcher found = call.matcher(Files.readString(file)); found.find(); ) {
          names.add(found.group(1));
        }
      }
    }
    return names;
  }
}

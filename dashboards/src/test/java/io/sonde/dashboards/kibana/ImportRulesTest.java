// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped import file by the rules, and the rules by spoilt copies of it. */
final class ImportRulesTest {

  private final String file = ImportFile.committed();

  @Test
  void kibanaWouldTakeTheFileAndShowAllOfIt() {
    assertThat(ImportRules.problems(file)).isEmpty();
    assertThat(ImportFile.objects(file, "dashboard"))
        .extracting(ImportFile::title)
        .containsExactly(
            "Sonde: requests",
            "Sonde: exceptions",
            "Sonde: one request",
            "Sonde: health transitions");
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"type\":\"dashboard\" | \"type\":\"dashbord\" | unsupported_type",
        "\"8.9.0\"} | \"8.12.0\"} | typeMigrationVersion is not 8.9.0",
        "\"coreMigrationVersion\":\"8.8.0\" | \"coreMigrationVersion\":\"9.0.0\" |"
            + " coreMigrationVersion",
        "\"timeFrom\" | \"from\" | from is forbidden",
        "\"visState\" | \"vis\" | visState* is missing",
        "\"version\":1, | \"version\":\"1\", | version is no number",
        "\"fieldAttrs\":\"{ | \"fieldAttrs\":\"{{ | fieldAttrs is no JSON",
        "\"id\":\"sonde-access\",\"type\":\"search\" | \"id\":\"else\",\"type\":\"search\" |"
            + " missing_references search:sonde-access",
        "\"id\":\"sonde-slow\",\"type\":\"search\" | \"id\":\"sonde-access\",\"type\":\"search\" |"
            + " search:sonde-access is there twice",
        "\"name\":\"1:panel_1\" | \"name\":\"1:panel\" | no reference 1:panel_1",
        "\"name\":\"controlGroup_control-1 | \"name\":\"controlGroup_9 | nobody uses reference"
            + " controlGroup_9",
        "\\\"x\\\":24,\\\"y\\\":0 | \\\"x\\\":20,\\\"y\\\":0 | lies on another",
        "\\\"x\\\":24,\\\"y\\\":0 | \\\"x\\\":34,\\\"y\\\":0 | outside of the grid",
        "\\\"language\\\":\\\"lucene\\\" | \\\"language\\\":\\\"kuery\\\" | not Lucene's",
        "event.outcome:failure | event.result:failure | no field event.result",
        "_exists_:http.request.id | _exists_:http.id | no field http.id",
        "\\\"field\\\":\\\"labels.fingerprint\\\" | \\\"field\\\":\\\"error.message\\\" |"
            + " error.message is text",
        "\\\"field\\\":\\\"event.duration\\\" | \\\"field\\\":\\\"labels.route\\\" | which is no"
            + " number",
        "\\\"orderBy\\\":\\\"1\\\" | \\\"orderBy\\\":\\\"9\\\" | terms are ordered by 9",
        "\"url.path\", | \"url.way\", | no field url.way",
        "\\\"fieldName\\\":\\\"trace.id\\\" | \\\"fieldName\\\":\\\"message\\\" | message is text",
        "{\"id\":\"sonde\" | \"id\":\"sonde\" | no JSON"
      })
  void aSpoiltCopyIsFoundOut(String part, String spoilt, String problem) {
    assertThat(file).contains(part);

    String copy = file.replace(part, spoilt);

    assertThat(ImportRules.problems(copy)).anyMatch(found -> found.contains(problem));
  }
}

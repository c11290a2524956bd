// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What Grafana's own types, published as {@code @grafana/schema}, say of a dashboard: JSON Schema
 * made of them by {@code .ci/install}, in which no unknown member is allowed, and ajv. Needs Node.
 */
public final class GrafanaSchema {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /**
   * The dashboard as a whole without what is only there for an import; the options of each panel,
   * and the custom part of its fields, which the whole's schema leaves open.
   */
  private static final String CHECK =
      """
      const fs = require('fs');
      const Ajv = require('ajv').default;
      const read = file => JSON.parse(fs.readFileSync(file));
      const ajv = new Ajv({ strict: false, allErrors: true });
      const validators = {};
      const check = (schema, part, value, where) => {
        const key = schema + part;
        validators[key] ??= ajv.compile({
          ...read(schema + '.json'), $ref: undefined,
          ...read(schema + '.json').definitions.Root.properties[part],
        });
        if (!validators[key](value)) {
          for (const e of validators[key].errors) {
            console.log(`${where}${e.instancePath}: ${e.message} ${JSON.stringify(e.params)}`);
          }
        }
      };
      for (const file of process.argv.slice(1)) {
        const dashboard = read(file);
        for (const forImport of ['__inputs', '__requires', '__elements']) delete dashboard[forImport];
        // Annotations are in the data source's own words, as a panel's targets are, which the schema leaves open.
        for (const annotation of dashboard.annotations.list) {
          for (const own of ['target', 'expr', 'step', 'titleFormat', 'textFormat', 'tagKeys', 'useValueForTime',
              'query', 'fromAnnotations', 'textColumn', 'tagsColumn']) delete annotation[own];
        }
        check('dashboard', 'Dashboard', dashboard, file);
        dashboard.panels.filter(panel => panel.type !== 'row').forEach((panel, i) => {
          const where = `${file} ${panel.title} `;
          check(panel.type, 'Options', panel.options, where + 'options');
          if (panel.type === 'timeseries') {
            check('timeseries-field', 'FieldConfig', panel.fieldConfig.defaults.custom, where + 'custom');
          } else if (panel.fieldConfig.defaults.custom) {
            console.log(`${where}: custom of a ${panel.type}`);
          }
        });
      }
      console.log('checked');
      """;

  private GrafanaSchema() {}

  /** One line each; none when all is well. */
  public static List<String> violations(List<Path> dashboards) {
    Path schemas = Places.cache().resolve("grafana-schema");
    Requires.part(
        Files.isRegularFile(schemas.resolve("whole")), "Grafana's schema: run .ci/install");
    List<String> command = new ArrayList<>(List.of("node", "-e", CHECK));
    dashboards.forEach(file -> command.add(file.toAbsolutePath().toString()));
    ForkedProcess node =
        ForkedProcess.start(new ProcessBuilder(command).directory(schemas.toFile()));
    int code = node.exitCode(LIMIT);
    List<String> lines = new ArrayList<>(node.out().all());
    if (code != 0 || !lines.remove("checked")) {
      throw new AssertionError("ended with " + code + node.output());
    }
    return lines;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsTableTest {

  @Test
  void readmeShowsEverySettingWithItsDefault() throws Exception {
    String readme = Files.readString(Path.of("../README.md"));

    assertThat(readme).contains(table());
  }

  private static String table() {
    StringBuilder table = new StringBuilder("| key | default | meaning |\n|---|---|---|\n");
    for (Setting<?> setting : Keys.all()) {
      table.append(
          "| `%s` | %s | %s%s |\n"
              .formatted(
                  setting.key,
                  setting.defaultText(),
                  setting.meaning,
                  setting.later == null ? "" : " (" + setting.later + ")"));
    }
    return table.toString();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards;

import io.sonde.dashboards.kibana.KibanaObjects;
import io.sonde.dashboards.prometheus.Prometheus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes all generated files. Argument: the folder {@code dashboards}. */
public final class Generate {

  private Generate() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    for (Map.Entry<String, String> file : files().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Path below {@code dashboards} to content, of every generated file. */
  static Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    for (Store store : Stores.all()) {
      GrafanaJson json = new GrafanaJson(store);
      String folder = "grafana/" + store.folder() + "/";
      for (Dashboard dashboard : Dashboards.all()) {
        files.put(folder + dashboard.file() + ".json", Text.json(json.dashboard(dashboard)));
      }
      files.put(
          "grafana/alerts/" + store.folder() + ".yaml",
          Text.yaml(new GrafanaAlerts(store).file(Alerts.all())));
    }
    files.put("kibana/sonde.ndjson", KibanaObjects.ndjson());
    files.put("prometheus/statsd_mapping.yml", Text.yaml(Prometheus.mapping()));
    files.put("prometheus/rules.yml", Text.yaml(Prometheus.rules(Alerts.all())));
    return files;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.startup;

import io.sonde.agent.exporter.zipkin.ZipkinConfig;
import io.sonde.agent.exporter.zipkin.ZipkinExporter;
import io.sonde.agent.recording.AgentLog;
import io.sonde.agent.recording.Exporter;
import io.sonde.agent.recording.Ledger;
import io.sonde.agent.recording.PoolTable;
import io.sonde.agent.recording.Recorder;
import io.sonde.agent.recording.ServiceIdentity;
import java.util.ArrayList;
import java.util.List;

/** Makes the exporters that the settings ask for. */
final class Exporters {

  private final Settings settings;
  private final ServiceIdentity identity;
  private final Ledger ledger;
  private final Recorder recorder;
  private final PoolTable pools;

  Exporters(
      Settings settings,
      ServiceIdentity identity,
      Ledger ledger,
      Recorder recorder,
      PoolTable pools) {
    this.settings = settings;
    this.identity = identity;
    this.ledger = ledger;
    this.recorder = recorder;
    this.pools = pools;
  }

  /** None when no destination is set: then nothing leaves the process. */
  List<Exporter> create() {
    List<Exporter> exporters = new ArrayList<>();
    zipkin(exporters);
    return exporters;
  }

  private void zipkin(List<Exporter> exporters) {
    String endpoint = settings.find(Keys.ZIPKIN_ENDPOINT);
    if (endpoint == null) {
      return;
    }
    try {
      ZipkinConfig config =
          ZipkinConfig.parse(
              endpoint, settings.find(Keys.ZIPKIN_HEADERS), settings.get(Keys.ZIPKIN_ENCODING));
      exporters.add(new ZipkinExporter(config, identity, ledger));
    } catch (IllegalArgumentException e) {
      AgentLog.warn(e.getMessage() + "; no spans are sent");
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.exporter.statsd;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a metric is written. A line is {@code head value|type[|@rate] tail}; the flavours differ in
 * where the dimensions go:
 *
 * <pre>
 *  etsy           sonde.shop.web-1.http.server.users-_id_.GET.2xx.count:3|c
 *  datadog        http.server.requests.total:3|c|#method:GET,route:/users/{id},…
 *  telegraf       http.server.requests.total,method=GET,route=/users/{id},…:3|c
 *  graphite-tags  http.server.requests.total;method=GET;route=users-_id_;…:3|c
 * </pre>
 */
public enum Flavor {
  ETSY("etsy"),
  DATADOG("datadog"),
  TELEGRAF("telegraf"),
  GRAPHITE_TAGS("graphite-tags");

  private final String key;

  Flavor(String key) {
    this.key = key;
  }

  /** As in the setting {@code statsd.flavor}. */
  public String key() {
    return key;
  }

  /** The flavour of that key in any case, or null. */
  public static @Nullable Flavor of(String key) {
    String lower = key.trim().toLowerCase(Locale.ROOT);
    for (Flavor flavor : values()) {
      if (flavor.key.equals(lower)) {
        return flavor;
      }
    }
    return null;
  }

  boolean tagged() {
    return this != ETSY;
  }

  /**
   * True where {@code x:-1|g} means "less by one" (statsd, docs/metric_types.md; Telegraf's input
   * says the same). DogStatsD takes the value as it is.
   */
  boolean signIsChange() {
    return this != DATADOG;
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * InfluxDB 1, or 2 and 3 asked in InfluxQL: names of statsd's become measurements and tags by the
 * templates of {@code influxdb/influxdb.conf} or {@code telegraf/telegraf.conf}.
 *
 * <pre>stats.counters.sonde.shop.web-1.http.server.orders-_id_.GET.2xx.count.count 3
 *  ─▶ http.server.count,service=shop,instance=web-1,route=orders-_id_,method=GET,class=2xx count=3
 * </pre>
 */
@NullMarked
package io.sonde.dashboards.influxdb;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Prometheus behind statsd_exporter: the mapping that makes series of statsd's names, the questions
 * in PromQL, the alerts as rules.
 *
 * <pre>sonde.shop.web-1.http.server.orders-_id_.GET.2xx.time:3|ms
 *  ─▶ sonde_http_server_requests_seconds_bucket{service="shop",instance="web-1",route="orders-_id_",…}
 * </pre>
 */
@NullMarked
package io.sonde.dashboards.prometheus;

import org.jspecify.annotations.NullMarked;

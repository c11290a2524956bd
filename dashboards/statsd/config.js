// statsd 0.9 (github.com/statsd/statsd) in front of Graphite, as the dashboards in grafana/graphite
// expect it. Start it with: node stats.js config.js
{
  // What statsd.host and statsd.port of the agent name.
  servers: [{ server: "./servers/udp", address: "0.0.0.0", port: 8125 }],
  mgmt_address: "127.0.0.1",
  mgmt_port: 8126,

  backends: ["./backends/graphite"],
  graphiteHost: "127.0.0.1",
  graphitePort: 2003,
  // stats.timers.…, stats.counters.…, stats.gauges.…
  graphite: { legacyNamespace: false },

  // Not shorter than statsd.interval of the agent (5 s), and the first step of graphite/storage-schemas.conf.
  flushInterval: 10000,

  // upper_95 and upper_99 of each timer; its median, upper, sum and count come anyway.
  percentThreshold: [95, 99],

  // Apdex: how many requests took less than 0.5 s, and less than 2 s.
  histogram: [{ metric: ".http.server.", bins: [500, 2000, "inf"] }],

  // An instance that has gone is not drawn for ever, and the alert "Instance is gone" can see it.
  deleteIdleStats: true,
}

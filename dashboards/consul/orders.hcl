# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Sonde Authors
#
# A service whose JVM runs with Sonde, polled by the Consul agent on the same host.
# Change name, id, ports and tags; then: consul services register orders.hcl
service {
  name = "orders"
  id   = "orders-host1" # the same after a restart; another one for each instance on this agent
  port = 8080
  tags = ["jvm"]
  meta = {
    environment = "production"
  }

  # A struggling instance keeps a tenth of its share in DNS, instead of none.
  weights {
    passing = 10
    warning = 1
  }

  check {
    id   = "orders-host1-health"
    name = "sonde health"
    # service=: critical when another service has taken the port. 429 to Consul is a warning.
    http     = "http://127.0.0.1:7633/health?view=brief&service=orders"
    method   = "GET"
    interval = "10s"
    timeout  = "2s"
    # Sonde has its own hysteresis: what it says holds at once. One lost poll is no outage.
    success_before_passing            = 1
    failures_before_critical          = 2
    deregister_critical_service_after = "30m"
  }
}

# The data sources, dashboards and alerts in a Grafana, and the templates and saved objects in an Elasticsearch and its
# Kibana, from the files beside this folder.
#
#   terraform init && terraform apply -var store=graphite -var grafana_url=https://grafana.example.com …
#
# Written to be read: Terraform could not be had where the rest was tested, so this file was never applied. A test holds
# it to the files that it reads.

terraform {
  required_version = ">= 1.5"
  required_providers {
    grafana = {
      source  = "grafana/grafana"
      version = "~> 4.5"
    }
    elasticstack = {
      source  = "elastic/elasticstack"
      version = "~> 0.11.17"
    }
  }
}

variable "store" {
  description = "Where statsd's metrics are kept"
  type        = string
  default     = "prometheus"
  validation {
    condition     = contains(["graphite", "prometheus", "influxdb"], var.store)
    error_message = "graphite, prometheus or influxdb"
  }
}

variable "store_url" {
  description = "As Grafana's server reaches it"
  type        = string
  default     = "http://prometheus:9090"
}

variable "grafana_url" {
  type    = string
  default = "http://127.0.0.1:3000"
}

variable "grafana_auth" {
  description = "A service account's token, or user:password"
  type        = string
  sensitive   = true
}

variable "elasticsearch_url" {
  type    = string
  default = "http://127.0.0.1:9200"
}

variable "kibana_url" {
  type    = string
  default = "http://127.0.0.1:5601"
}

variable "elastic_api_key" {
  type      = string
  sensitive = true
  default   = ""
}

locals {
  here = "${path.module}/.."

  # Each alert rule of the provisioning file, whose shape is Grafana's own.
  alerts = yamldecode(file("${local.here}/grafana/alerts/${var.store}.yaml")).groups[0].rules

  settings = {
    graphite   = { graphiteVersion = "1.1" }
    prometheus = { timeInterval = "15s" }
    influxdb   = { dbName = "sonde", version = "InfluxQL", timeInterval = "10s" }
  }

  index_template = jsondecode(file("${local.here}/elasticsearch/index-template.json"))
  component      = jsondecode(file("${local.here}/elasticsearch/component-template.json"))
}

# ---- Grafana

provider "grafana" {
  url  = var.grafana_url
  auth = var.grafana_auth
}

resource "grafana_data_source" "sonde" {
  uid              = "sonde-${var.store}"
  name             = "Sonde in ${var.store}"
  type             = var.store
  url              = var.store_url
  json_data_encoded = jsonencode(local.settings[var.store])
}

resource "grafana_folder" "sonde" {
  title = "Sonde"
  uid   = "sonde"
}

# The input of the import dialog is filled here: its name is that of the store.
resource "grafana_dashboard" "sonde" {
  for_each  = fileset("${local.here}/grafana/${var.store}", "*.json")
  folder    = grafana_folder.sonde.uid
  overwrite = true
  config_json = replace(
    file("${local.here}/grafana/${var.store}/${each.value}"),
    "$${DS_${upper(var.store)}}",
    grafana_data_source.sonde.uid
  )
}

resource "grafana_rule_group" "sonde" {
  name             = "Sonde"
  folder_uid       = grafana_folder.sonde.uid
  interval_seconds = 60

  dynamic "rule" {
    for_each = local.alerts
    content {
      name           = rule.value.title
      uid            = rule.value.uid
      condition      = rule.value.condition
      for            = rule.value.for
      no_data_state  = rule.value.noDataState
      exec_err_state = rule.value.execErrState
      annotations    = rule.value.annotations
      labels         = rule.value.labels

      dynamic "data" {
        for_each = rule.value.data
        content {
          ref_id         = data.value.refId
          datasource_uid = data.value.datasourceUid
          model          = jsonencode(data.value.model)
          relative_time_range {
            from = data.value.relativeTimeRange.from
            to   = data.value.relativeTimeRange.to
          }
        }
      }
    }
  }

  depends_on = [grafana_data_source.sonde]
}

# ---- Elasticsearch and Kibana

provider "elasticstack" {
  elasticsearch {
    endpoints = [var.elasticsearch_url]
    api_key   = var.elastic_api_key
  }
  kibana {
    endpoints = [var.kibana_url]
    api_key   = var.elastic_api_key
  }
}

resource "elasticstack_elasticsearch_component_template" "fields" {
  name     = "sonde-fields"
  metadata = jsonencode(local.component._meta)
  template {
    mappings = jsonencode(local.component.template.mappings)
  }
}

resource "elasticstack_elasticsearch_index_template" "sonde" {
  name           = "sonde"
  index_patterns = local.index_template.index_patterns
  priority       = local.index_template.priority
  composed_of    = [elasticstack_elasticsearch_component_template.fields.name]
  metadata       = jsonencode(local.index_template._meta)
  data_stream {}
  template {
    settings = jsonencode(local.index_template.template.settings)
  }
}

resource "elasticstack_kibana_import_saved_objects" "sonde" {
  for_each      = fileset("${local.here}/kibana", "*.ndjson")
  overwrite     = true
  file_contents = file("${local.here}/kibana/${each.value}")
}

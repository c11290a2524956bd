// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.dashboards.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sonde.testkit.SearchNode;
import java.nio.file.Path;
import java.util.List;

/** A node with the shipped templates, and what is asked of the lines in it. */
record FilledNode(SearchNode node) {

  /** Of a dashboard on which nothing is narrowed down. */
  static final String ALL = "*";

  private static final Path FOLDER = Path.of("elasticsearch");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As its README says. */
  void install() {
    node.install("/_component_template/sonde-fields", FOLDER.resolve("component-template.json"));
    node.install("/_index_template/sonde", FOLDER.resolve("index-template.json"));
  }

  void refresh() {
    node.api("POST", "/" + DataView.INDICES + "/_refresh", "");
  }

  /** The answer, which is a whole one. */
  JsonNode ask(String body) {
    JsonNode answer = node.api("POST", "/" + DataView.INDICES + "/_search", body);
    assertThat(answer.has("error")).as(answer.toString()).isFalse();
    assertThat(answer.at("/_shards/failed").asInt()).as(answer.toString()).isZero();
    return answer;
  }

  /** Of a visualization. */
  List<VisSearch.Row> rows(JsonNode visualization, String narrowed) {
    VisSearch search = new VisSearch(visualization);
    return search.rows(ask(search.body(narrowed)));
  }

  /** Of a saved search, as Discover asks it. */
  JsonNode hits(JsonNode search, String narrowed) {
    ObjectNode body = body(50);
    body.set("query", VisSearch.both(ImportFile.query(search), narrowed));
    JsonNode sort = search.at("/attributes/sort/0");
    body.putArray("sort")
        .addObject()
        .putObject(sort.path(0).asText())
        .put("order", sort.path(1).asText())
        .put("unmapped_type", "boolean");
    return ask(body.toString()).at("/hits/hits");
  }

  /** The first that match, without an order. */
  JsonNode lines(String query, int size) {
    ObjectNode body = body(size);
    body.set("query", VisSearch.both(query, ALL));
    return ask(body.toString()).at("/hits/hits");
  }

  long count(String query) {
    ObjectNode body = body(0);
    body.set("query", VisSearch.both(query, ALL));
    return ask(body.toString()).at("/hits/total/value").asLong();
  }

  private static ObjectNode body(int size) {
    return JSON.createObjectNode().put("size", size).put("track_total_hits", true);
  }
}

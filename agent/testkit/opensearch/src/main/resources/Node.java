// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

import org.codelibs.opensearch.runner.OpenSearchRunner;

/** Starts one node of OpenSearch on 127.0.0.1 and runs until it is told to end. */
final class Node {

  /**
   * @param arguments folder of the data, HTTP port, transport port
   */
  public static void main(String[] arguments) throws Exception {
    OpenSearchRunner runner = new OpenSearchRunner();
    runner.onBuild(
        (number, settings) -> {
          settings.put("network.host", "127.0.0.1");
          settings.put("http.port", arguments[1]);
          settings.put("transport.port", arguments[2]);
          settings.put("discovery.type", "single-node");
          settings.putList("node.roles", "cluster_manager", "data", "ingest");
          // A disk that is rather full is the machine's affair, not a test's.
          settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
          settings.remove("cluster.initial_cluster_manager_nodes");
        });
    runner.build(
        OpenSearchRunner.newConfigs()
            .numOfNode(1)
            .basePath(arguments[0])
            .clusterName("sonde-test"));
    Thread.currentThread().join();
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import org.bson.Document;

/** MongoDB's synchronous driver, whose pool has two connections. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws IOException {
    MongoClient client = MongoClients.create("mongodb://127.0.0.1:" + args[1] + "/?maxPoolSize=2");
    new Front().on("/ping", query -> ping(client)).start();
  }

  private static String ping(MongoClient client) {
    client.getDatabase("shop").runCommand(new Document("ping", 1));
    return "PONG";
  }
}

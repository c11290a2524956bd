// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.compatibility;

import java.util.function.Consumer;

/** What a library is, and so what it has to keep. */
enum Kind {
  SERVER("HTTP servers", ServerPromises::keep),
  CLIENT("HTTP clients", ClientPromises::keep),
  GRPC("gRPC", GrpcPromises::keep),
  POOL("Connection pools", PoolPromises::keep),
  REDIS("Redis clients", StorePromises::keep),
  MONGODB("MongoDB's driver", StorePromises::keep),
  KAFKA("Kafka clients", KafkaPromises::keep),
  LOGGING("Logging", LoggingPromises::keep);

  private final String heading;
  private final Consumer<ObservedApp> promises;

  Kind(String heading, Consumer<ObservedApp> promises) {
    this.heading = heading;
    this.promises = promises;
  }

  /** In {@code COMPATIBILITY.md}. */
  String heading() {
    return heading;
  }

  /**
   * Asks all of it of a running application.
   *
   * @throws BrokenPromise for the first that does not hold
   */
  void verify(ObservedApp app) {
    promises.accept(app);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCursor;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.sonde.agent.instrumentation.contract.ObservedStores;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.recording.PoolUse;
import io.sonde.agent.recording.Store;
import io.sonde.testkit.FakeMongo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** The real driver against {@link FakeMongo}, an imitation of the server. */
class MongoInstrumentationTest {

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(new MongoInstrumentation())
          .stores(
              kind ->
                  ObservedStores.reader(
                      (pool, detail) -> MongoReader.name(pool),
                      (pool, detail) -> MongoReader.read(pool)));

  private static FakeMongo mongo;

  private final ObservedStores stores = new ObservedStores(sonde.stores());
  private final String name = "mongodb-127.0.0.1:" + mongo.port();

  @BeforeAll
  static void start() {
    mongo = new FakeMongo();
  }

  @AfterAll
  static void stop() {
    mongo.close();
  }

  @AfterEach
  void allIsForgotten() {
    assertThat(sonde.stores().stores()).as("after they were closed").isEmpty();
  }

  @Test
  void readsAPoolWithoutBorrowing() {
    try (MongoClient client = MongoClients.create(settings())) {
      ping(client);

      Store store = stores.named(name);
      assertThat(store.read())
          .containsEntry("active", 0)
          .containsEntry("idle", 1)
          .containsEntry("max", 2);
      assertThat(store.lastSuccessMillis()).isPositive();
      assertThat(store.asking()).isZero();
      PoolUse use = sonde.nextPoolUse();
      assertThat(use.pool()).isEqualTo(name);
      assertThat(use.waitedNanos()).isPositive();
    }
  }

  /** A cursor with more batches to come does not hold its connection: only a command does. */
  @Test
  void knowsWhoHoldsAConnectionUntilItIsBack() {
    List<List<PoolUse>> during = new ArrayList<>();
    CommandListener listener =
        new CommandListener() {
          @Override
          public void commandStarted(CommandStartedEvent event) {
            during.add(holders());
          }
        };
    try (MongoClient client =
        MongoClients.create(
            MongoClientSettings.builder(settings()).addCommandListener(listener).build())) {
      ping(client);

      assertThat(during).isNotEmpty();
      assertThat(during.get(0))
          .extracting(PoolUse::threadName)
          .containsExactly(Thread.currentThread().getName());
      assertThat(holders()).isEmpty();
    }
  }

  @Test
  void followsAServerThatGoesAwayAndComesBack() {
    try (MongoClient client = MongoClients.create(settings())) {
      ping(client);
      assertThat(stores.named(name).read()).containsEntry("state", "CONNECTED");

      mongo.stop();
      assertThatThrownBy(() -> ping(client)).isInstanceOf(MongoException.class);
      Store store =
          stores.await(name, "is down", s -> "DISCONNECTED".equals(s.read().get("state")));
      stores.await(name, "says why", s -> s.lastFailure() != null);
      assertThat(store.lastFailure()).startsWith("Mongo");
      assertThat(stores.failing(name)).isTrue();

      mongo.restart();
      stores.await(name, "is back", s -> "CONNECTED".equals(s.read().get("state")));
      ping(client);
      assertThat(stores.failing(name)).isFalse();
    }
  }

  @Test
  void seesTheReactiveDriver() throws Exception {
    try (com.mongodb.reactivestreams.client.MongoClient client =
        com.mongodb.reactivestreams.client.MongoClients.create(settings())) {
      CountDownLatch done = new CountDownLatch(1);
      client.getDatabase("shop").runCommand(new Document("ping", 1)).subscribe(countingDown(done));
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();

      Store store = stores.await(name, "was used", s -> s.lastSuccessMillis() > 0);
      assertThat(store.read()).containsEntry("max", 2);
      assertThat(sonde.hasPoolUses()).as("no thread has waited").isFalse();
    }
  }

  @Test
  void readsNothingFromAnotherObject() {
    assertThat(MongoReader.name(new Object())).isEqualTo("mongodb");
    assertThat(MongoReader.read(new Object())).isEmpty();
  }

  private List<PoolUse> holders() {
    return sonde.stores().holders().of(stores.named(name), 0);
  }

  private static void ping(MongoClient client) {
    try (MongoCursor<String> names = client.listDatabaseNames().iterator()) {
      while (names.hasNext()) {
        names.next();
      }
    }
  }

  private static MongoClientSettings settings() {
    return MongoClientSettings.builder()
        .applyConnectionString(
            new ConnectionString(
                "mongodb://127.0.0.1:"
                    + mongo.port()
                    + "/?maxPoolSize=2&serverSelectionTimeoutMS=700&connectTimeoutMS=500"
                    + "&heartbeatFrequencyMS=500"))
        .build();
  }

  private static Subscriber<Document> countingDown(CountDownLatch done) {
    return new Subscriber<>() {
      @Override
      public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
      }

      @Override
      public void onNext(Document document) {}

      @Override
      public void onError(Throwable thrown) {
        thrown.addSuppressed(new IllegalStateException("the ping failed"));
      }

      @Override
      public void onComplete() {
        done.countDown();
      }
    };
  }
}

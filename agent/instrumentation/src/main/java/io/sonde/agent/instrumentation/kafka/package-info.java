// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

/**
 * Kafka's clients 2.8 to 4.
 *
 * <pre>
 *  KafkaProducer.&lt;init&gt;(ProducerConfig, …)   a producer exists
 *  KafkaProducer.waitOnMetadata              no broker tells where a topic is
 *  Sender.completeBatch, .failBatch          records were sent, or given up
 *  KafkaConsumer.&lt;init&gt;(ConsumerConfig, …)   a consumer exists, with its max.poll.interval.ms
 *  KafkaConsumer.poll(Duration)              what it throws, but for wakeups and interrupts
 *  KafkaProducer.close, KafkaConsumer.close  the application has closed it
 * </pre>
 *
 * <p>Advice runs on the application's threads and the producer's sender, once a batch; no callback
 * is wrapped and no interceptor added. {@link io.sonde.agent.instrumentation.kafka.KafkaReader}
 * reads the client's metrics later, on Sonde's thread.
 */
package io.sonde.agent.instrumentation.kafka;

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Spring's {@code @Async} and {@code @Scheduled}, over its pools as Spring Boot makes them. */
class SpringTasksTest {

  @RegisterExtension
  static final SondeExtension sonde = SondeExtension.with(new ExecutorsInstrumentation());

  private static final BlockingQueue<String> SEEN = new LinkedBlockingQueue<>();
  private static final BlockingQueue<String> TICKS = new LinkedBlockingQueue<>();

  /** A service with work for later. */
  public static class Mailer {
    @Async
    public void mail() {
      SEEN.add(String.valueOf(SondeBridge.current()));
    }

    @Scheduled(fixedDelay = 1)
    public void everyMillisecond() {
      TICKS.add(String.valueOf(SondeBridge.current()));
    }
  }

  @Configuration
  @EnableAsync
  @EnableScheduling
  static class Application {
    @Bean
    ThreadPoolTaskExecutor taskExecutor() {
      return new ThreadPoolTaskExecutor();
    }

    @Bean
    Mailer mailer() {
      return new Mailer();
    }
  }

  /** It is started in a request, as nothing lazily made must be: the worst case. */
  @Test
  void carriesContextIntoAsyncAndKeepsItOutOfScheduled() throws Exception {
    AtomicReference<AnnotationConfigApplicationContext> spring = new AtomicReference<>();
    Exchange exchange =
        sonde.serving(
            () -> {
              spring.set(new AnnotationConfigApplicationContext(Application.class));
              spring.get().getBean(Mailer.class).mail();
            });
    sonde.nextExchange();
    assertThat(SEEN.poll(10, TimeUnit.SECONDS)).isEqualTo(exchange.toString());

    spring.get().getBean(Mailer.class).mail();
    assertThat(SEEN.poll(10, TimeUnit.SECONDS)).isEqualTo("null");
    assertThat(List.of(TICKS.take(), TICKS.take(), TICKS.take())).containsOnly("null");
    spring.get().close();
  }
}

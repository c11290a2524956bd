// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * A Spring Boot service, built as it is for 2.7 and with {@code jakarta} for 3.5. Says {@code
 * listening on PORT}.
 */
@SpringBootApplication
public class SpringService {

  public static void main(String[] args) {
    ServletWebServerApplicationContext context =
        (ServletWebServerApplicationContext) SpringApplication.run(SpringService.class, args);
    System.out.println("listening on " + context.getWebServer().getPort());
  }

  @Bean
  ServletRegistrationBean<RawServlet> raw() {
    return new ServletRegistrationBean<>(new RawServlet(), "/raw/*");
  }
}

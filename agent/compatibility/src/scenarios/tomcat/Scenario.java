// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

/** Servlets in an embedded Tomcat. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    EmbeddedTomcat.serve(args[0], ServletApplication.all());
  }
}

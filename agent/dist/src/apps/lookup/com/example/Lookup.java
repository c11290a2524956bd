// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.util.concurrent.Callable;

/** Asks its own class loader for the bridge, as advice that was copied into it does. */
public final class Lookup implements Callable<String> {

  @Override
  public String call() {
    try {
      Class<?> bridge = Class.forName("java.lang.SondeBridge");
      return "bridge seen by "
          + Lookup.class.getClassLoader().getClass().getSimpleName()
          + " from "
          + bridge.getClassLoader();
    } catch (ClassNotFoundException e) {
      return "bridge not seen by " + Lookup.class.getClassLoader();
    }
  }

  /** As a JBoss module's main. */
  public static void main(String[] args) {
    System.out.println(new Lookup().call());
  }
}

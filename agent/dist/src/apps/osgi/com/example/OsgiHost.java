// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import java.io.File;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** {@code OsgiHost BUNDLE CACHE}: runs the bundle's {@code Lookup} in Felix as it comes. */
public final class OsgiHost {

  private OsgiHost() {}

  public static void main(String[] args) throws Exception {
    Map<String, String> settings =
        new HashMap<>(Collections.singletonMap(Constants.FRAMEWORK_STORAGE, args[1]));
    settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, "onFirstInit");
    Framework framework = new FrameworkFactory().newFramework(settings);
    framework.start();
    Bundle bundle =
        framework.getBundleContext().installBundle(new File(args[0]).toURI().toString());
    bundle.start();
    Callable<?> lookup =
        (Callable<?>) bundle.loadClass("com.example.Lookup").getDeclaredConstructor().newInstance();
    System.out.println(lookup.call());
    framework.stop();
    framework.waitForStop(5_000);
  }
}

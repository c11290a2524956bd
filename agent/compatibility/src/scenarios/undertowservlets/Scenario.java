// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.http.HttpServlet;
import java.net.InetSocketAddress;
import java.util.logging.LogManager;

/** Servlets in Undertow. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    LogManager.getLogManager().reset();
    DeploymentInfo servlets =
        Servlets.deployment()
            .setClassLoader(Scenario.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("shop");
    ServletApplication.all()
        .forEach((mapping, servlet) -> servlets.addServlet(info(mapping, servlet)));
    DeploymentManager deployment = Servlets.defaultContainer().addDeployment(servlets);
    deployment.deploy();
    Undertow server =
        Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(deployment.start()).build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    System.out.println("listening on " + address.getPort());
  }

  private static ServletInfo info(String mapping, HttpServlet servlet) {
    return new ServletInfo(mapping, servlet.getClass(), new ImmediateInstanceFactory<>(servlet))
        .setAsyncSupported(true)
        .addMapping(mapping);
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package com.example;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Application;
import java.util.Collections;
import java.util.Set;

/** A resource of JAX-RS behind the servlet of its implementation, on Tomcat. */
public final class Scenario {

  private Scenario() {}

  public static void main(String[] args) throws Exception {
    EmbeddedTomcat.serve(
        args[0],
        // libraries.txt has RESTEasy's instead of Jersey's, too.
        Collections.singletonMap("/*", new org.glassfish.jersey.servlet.ServletContainer()),
        Collections.singletonMap("jakarta.ws.rs.Application", Shop.class.getName()));
  }

  /** The application. */
  public static class Shop extends Application {
    @Override
    public Set<Class<?>> getClasses() {
      return Collections.singleton(Resource.class);
    }
  }

  /** Its one resource. */
  @Path("/")
  public static class Resource {

    /** {@code 200}. */
    @GET
    @Path("hello")
    public String hello() {
      return "hello";
    }

    /** {@code 200}. */
    @GET
    @Path("orders/{id}")
    public String order(@PathParam("id") String id) {
      return "order " + id;
    }

    /** {@code 500}. */
    @POST
    @Path("boom")
    public String boom() {
      throw new IllegalStateException("boom");
    }

    /** Answers from another thread, 200 ms later. */
    @GET
    @Path("async")
    public void async(@Suspended AsyncResponse response) {
      new Thread(() -> finish(response), "finishes").start();
    }

    private static void finish(AsyncResponse response) {
      try {
        Thread.sleep(200);
        response.resume("async");
      } catch (InterruptedException e) {
        response.resume(e);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.jaxrs;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.ws.rs.GET;
import javax.ws.rs.NotFoundException;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.container.AsyncResponse;
import javax.ws.rs.container.Suspended;
import javax.ws.rs.core.Application;
import javax.ws.rs.core.Response;
import javax.ws.rs.ext.ExceptionMapper;

/** A small application; {@link JakartaApplication} is the same in the other API. */
public class JavaxApplication extends Application {

  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(Root.class, Orders.class, Shops.class, Refuse.class);
  }

  /** At the root. */
  @Path("/")
  public static class Root {

    @GET
    public String root() {
      return "root";
    }

    @GET
    @Path("boom/{id}")
    public String boom(@PathParam("id") long id) throws IOException {
      throw new IOException("boom " + id);
    }

    @GET
    @Path("missing/{id}")
    public String missing(@PathParam("id") long id) {
      throw new NotFoundException();
    }

    @GET
    @Path("refused/{id}")
    public String refused(@PathParam("id") long id) {
      throw new IllegalStateException("refused " + id);
    }
  }

  /** What {@link Refuse} maps. */
  public static class Refuse implements ExceptionMapper<IllegalStateException> {

    @Override
    public Response toResponse(IllegalStateException thrown) {
      return Response.status(409).entity(thrown.getMessage()).build();
    }
  }

  /** What is common to resources: a method that several inherit. */
  public abstract static class Entities {

    @GET
    @Path("all")
    public String all() {
      return "all";
    }
  }

  /** Inherits, has patterns, answers later. */
  @Path("orders")
  public static class Orders extends Entities {

    @GET
    @Path("/{id: [0-9]{1,9}}/")
    public String find(@PathParam("id") long id) {
      return "order " + id;
    }

    @GET
    @Path("{id}/lines/{line: [a-z]+(/[a-z]+)*}")
    public String line(@PathParam("id") long id, @PathParam("line") String line) {
      return "line " + line;
    }

    @GET
    @Path("{id}/later")
    public void later(@PathParam("id") long id, @Suspended AsyncResponse response) {
      Later.run(() -> response.resume("later"));
    }

    @GET
    @Path("{id}/staged")
    public CompletionStage<String> staged(@PathParam("id") long id) {
      CompletableFuture<String> stage = new CompletableFuture<>();
      Later.run(() -> stage.complete("staged"));
      return stage;
    }
  }

  /** Inherits, and locates a sub-resource. */
  @Path("shops")
  public static class Shops extends Entities {

    @Path("{shop}/items")
    public Items items(@PathParam("shop") String shop) {
      return new Items();
    }
  }

  /** Below a shop. */
  public static class Items {

    @GET
    @Path("{id}")
    public String find(@PathParam("id") long id) {
      return "item " + id;
    }
  }
}

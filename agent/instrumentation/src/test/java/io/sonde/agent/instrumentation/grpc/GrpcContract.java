// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.grpc;

import static io.sonde.agent.instrumentation.grpc.EchoService.SAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.sonde.agent.instrumentation.contract.SondeExtension;
import io.sonde.agent.instrumentation.executors.ExecutorsInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyEventLoopInstrumentation;
import io.sonde.agent.instrumentation.netty.NettyHttpInstrumentation;
import io.sonde.agent.recording.Exchange;
import io.sonde.bridge.SondeBridge;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is promised of a server and a client of gRPC over any transport. A call is one exchange on
 * each side and no more: the extension fails on what a test has not read.
 */
abstract class GrpcContract {

  private static final Metadata.Key<String> REQUEST_ID = key("x-request-id");

  @RegisterExtension
  static final SondeExtension sonde =
      SondeExtension.with(
          new NettyHttpInstrumentation(),
          new NettyEventLoopInstrumentation(),
          new ExecutorsInstrumentation(),
          new GrpcInstrumentation());

  /** What has come, of each call. */
  private final BlockingQueue<Metadata> received = new LinkedBlockingQueue<>();

  private EchoService service;
  private Server server;
  private ManagedChannel channel;

  abstract ServerBuilder<?> serverBuilder();

  /** To a server's port, in clear text. */
  abstract ManagedChannelBuilder<?> channelBuilder(int port);

  /** {@link Exchange#library} of what a server records. */
  String serverLibrary() {
    return "grpc";
  }

  /** False in the same process. */
  boolean hasConnections() {
    return true;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  @BeforeEach
  void start() throws IOException {
    service = new EchoService(() -> channel);
    server = serverBuilder().addService(service).intercept(new Receives()).build().start();
    channel = channelBuilder(server.getPort()).build();
  }

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    service.close();
  }

  private final class Receives implements ServerInterceptor {
    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
        ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
      received.add(headers);
      return next.startCall(call, headers);
    }
  }

  private String say(String text) {
    return say(channel, SAY, CallOptions.DEFAULT, text);
  }

  private static String say(
      Channel channel, MethodDescriptor<String, String> method, CallOptions options, String text) {
    return ClientCalls.blockingUnaryCall(channel, method, options, text);
  }

  private Status.Code failureOf(String text) {
    return failure(channel, SAY, CallOptions.DEFAULT, text).getStatus().getCode();
  }

  private static StatusRuntimeException failure(
      Channel channel, MethodDescriptor<String, String> method, CallOptions options, String text) {
    Throwable failure = catchThrowable(() -> say(channel, method, options, text));
    assertThat(failure).isInstanceOf(StatusRuntimeException.class);
    return (StatusRuntimeException) failure;
  }

  private record Both(Exchange server, Exchange client) {}

  /** Of the next call; the server's is over before the client's, or the other way around. */
  private static Both next() {
    Exchange first = sonde.nextExchange();
    Exchange second = sonde.nextExchange();
    assertThat(first.kind()).isNotEqualTo(second.kind());
    return first.kind() == Exchange.Kind.SERVER ? new Both(first, second) : new Both(second, first);
  }

  private static void assertStatus(Both both, int status, String code) {
    assertThat(List.of(both.server.status(), both.client.status())).containsExactly(status, status);
    assertThat(List.of(both.server.grpcCode(), both.client.grpcCode())).containsExactly(code, code);
  }

  @Test
  void recordsACallOnBothSides() {
    assertThat(say("hello")).isEqualTo("hello");

    Both both = next();
    assertStatus(both, 200, "OK");
    assertThat(both.server.library()).isEqualTo(serverLibrary());
    assertThat(both.server.method()).isEqualTo("POST");
    assertThat(both.server.path()).isEqualTo("/test.Echo/Say");
    assertThat(both.server.route()).isEqualTo("/test.Echo/Say");
    assertThat(both.server.handler()).isEqualTo("test.Echo/Say");
    assertThat(both.server.thrown()).isNull();
    assertThat(both.client.library()).isEqualTo("grpc");
    assertThat(both.client.method()).isEqualTo("POST");
    assertThat(both.client.path()).isEqualTo("/test.Echo/Say");
    assertThat(both.client.thrown()).isNull();
    if (hasConnections()) {
      assertThat(both.server.remoteAddress()).isEqualTo("127.0.0.1");
      assertThat(both.client.peerHost()).isEqualTo("127.0.0.1");
      assertThat(both.client.peerPort()).isEqualTo(server.getPort());
    }
  }

  @Test
  void passesTheTraceOnAndGivesTheRequestIdBack() throws Exception {
    AtomicReference<Metadata> headers = new AtomicReference<>();
    Channel capturing =
        ClientInterceptors.intercept(
            channel, MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));
    say(capturing, SAY, CallOptions.DEFAULT, "hello");

    Both both = next();
    String ids = both.client.traceIdString() + "-" + both.client.spanIdString();
    Metadata got = received.poll(10, TimeUnit.SECONDS);
    assertThat(got.get(key("b3"))).startsWith(ids + "-1");
    assertThat(got.get(key("traceparent"))).isEqualTo("00-" + ids + "-01");
    assertThat(got.get(REQUEST_ID)).isEqualTo(both.client.requestId());
    assertThat(both.server.traceIdString()).isEqualTo(both.client.traceIdString());
    assertThat(both.server.parentId()).isEqualTo(both.client.spanId());
    assertThat(both.server.requestId()).isEqualTo(both.client.requestId());
    assertThat(headers.get().getAll(REQUEST_ID)).containsExactly(both.server.requestId());
  }

  @Test
  void keepsWhatTheApplicationSet() throws Exception {
    Metadata own = new Metadata();
    own.put(REQUEST_ID, "mine");
    own.put(key("b3"), "0");
    Channel attaching = ClientInterceptors.intercept(channel, attaches(own));
    say(attaching, SAY, CallOptions.DEFAULT, "hello");

    next();
    Metadata got = received.poll(10, TimeUnit.SECONDS);
    assertThat(got.getAll(REQUEST_ID)).containsExactly("mine");
    assertThat(got.getAll(key("b3"))).containsExactly("0");
  }

  /** {@code MetadataUtils} has it under one name in old versions, and under another in new ones. */
  private static ClientInterceptor attaches(Metadata own) {
    return new ClientInterceptor() {
      @Override
      public <A, B> ClientCall<A, B> interceptCall(
          MethodDescriptor<A, B> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
          @Override
          public void start(Listener<B> listener, Metadata headers) {
            headers.merge(own);
            super.start(listener, headers);
          }
        };
      }
    };
  }

  @Test
  void mapsTheStatus() {
    assertThat(failureOf("missing")).isEqualTo(Status.Code.NOT_FOUND);

    Both both = next();
    assertStatus(both, 404, "NOT_FOUND");
    assertThat(both.server.thrown()).isNull();
    assertThat(both.client.thrown()).isNull();
  }

  @Test
  void givesTheRequestIdBackWithAnErrorToo() {
    StatusRuntimeException failure = failure(channel, SAY, CallOptions.DEFAULT, "missing");

    Both both = next();
    if (hasConnections()) { // in the same process there are no trailers but the application's
      assertThat(failure.getTrailers().getAll(REQUEST_ID)).containsExactly(both.server.requestId());
    }
  }

  @Test
  void recordsWhatAHandlerThrows() {
    assertThat(failureOf("boom")).isEqualTo(Status.Code.UNKNOWN);

    Both both = next();
    assertStatus(both, 500, "UNKNOWN");
    assertThat(both.server.thrown()).isInstanceOf(IllegalStateException.class).hasMessage("boom");
    assertThat(sonde.nextError().exchange()).isSameAs(both.server);
  }

  @Test
  void recordsWhatAHandlerAnswersWith() {
    assertThat(failureOf("error")).isEqualTo(Status.Code.UNKNOWN);

    Both both = next();
    assertStatus(both, 500, "UNKNOWN");
    assertThat(both.server.thrown()).isInstanceOf(IllegalStateException.class).hasMessage("error");
    assertThat(sonde.nextError().exchange()).isSameAs(both.server);
  }

  @Test
  void recordsAMethodThatIsNotThere() {
    failure(channel, EchoService.UNKNOWN, CallOptions.DEFAULT, "hello");

    Both both = next();
    assertStatus(both, 501, "UNIMPLEMENTED");
    assertThat(both.server.path()).isEqualTo("/test.Echo/Unknown");
    assertThat(both.server.handler()).isNull();
  }

  @Test
  void handlersServeTheExchangeOnTheirThread() {
    assertThat(say("current")).isEqualTo("serving");

    next();
  }

  @Test
  void callsOfAHandlerAreItsChildren() {
    say("nested");
    assertNested();

    say("later");
    assertNested();
  }

  private static void assertNested() {
    Both inner = next();
    Both outer = next();
    assertThat(inner.client.parentId()).isEqualTo(outer.server.spanId());
    assertThat(inner.server.parentId()).isEqualTo(inner.client.spanId());
  }

  @Test
  void theFirstCallIsItsCallersToo() throws Exception {
    Exchange parent = sonde.serving(() -> say("hello"));

    Both both = next();
    assertThat(sonde.nextExchange()).isSameAs(parent);
    assertThat(both.client.parentId()).isEqualTo(parent.spanId());
  }

  @Test
  void streamsInTheContextsOfBothSides() throws Exception {
    BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    List<Optional<Object>> contexts = new CopyOnWriteArrayList<>();
    StreamObserver<String> listener = new Collects(answers, contexts);
    AtomicReference<StreamObserver<String>> talking = new AtomicReference<>();
    Exchange parent =
        sonde.serving(
            () ->
                talking.set(
                    ClientCalls.asyncBidiStreamingCall(
                        channel.newCall(EchoService.TALK, CallOptions.DEFAULT), listener)));
    assertThat(sonde.nextExchange()).isSameAs(parent);
    for (int i = 0; i < 3; i++) {
      talking.get().onNext("text " + i);
      assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo("text " + i + " serving");
    }
    assertThat(sonde.inFlight()).hasSize(2);
    talking.get().onCompleted();

    assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo("end serving");
    assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo("completed");
    Both both = next();
    assertStatus(both, 200, "OK");
    assertThat(both.server.route()).isEqualTo("/test.Echo/Talk");
    assertThat(both.client.parentId()).isEqualTo(parent.spanId());
    assertThat(contexts).hasSize(5).containsOnly(Optional.of(parent));
  }

  private static final class Collects implements StreamObserver<String> {
    private final BlockingQueue<String> answers;
    private final List<Optional<Object>> contexts;

    Collects(BlockingQueue<String> answers, List<Optional<Object>> contexts) {
      this.answers = answers;
      this.contexts = contexts;
    }

    private void add(String answer) {
      contexts.add(Optional.ofNullable(SondeBridge.current()));
      answers.add(answer);
    }

    @Override
    public void onNext(String text) {
      add(text);
    }

    @Override
    public void onError(Throwable thrown) {
      add("failed");
    }

    @Override
    public void onCompleted() {
      add("completed");
    }
  }

  @Test
  void endsWhenTheClientCancels() throws Exception {
    BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    AtomicReference<ClientCallStreamObserver<String>> call = new AtomicReference<>();
    StreamObserver<String> talking =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(EchoService.TALK, CallOptions.DEFAULT),
            new ClientResponseObserver<String, String>() {
              @Override
              public void beforeStart(ClientCallStreamObserver<String> started) {
                call.set(started);
              }

              @Override
              public void onNext(String text) {
                answers.add(text);
              }

              @Override
              public void onError(Throwable thrown) {}

              @Override
              public void onCompleted() {}
            });
    talking.onNext("text");
    assertThat(answers.poll(10, TimeUnit.SECONDS)).isEqualTo("text serving");
    call.get().cancel("enough", null);

    assertStatus(next(), 499, "CANCELLED");
    sonde.ignoreErrors();
  }

  @Test
  void endsAtADeadline() {
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS);

    failure(channel, SAY, options, "never");

    Both both = next();
    assertThat(both.client.status()).isEqualTo(504);
    assertThat(both.client.grpcCode()).isEqualTo("DEADLINE_EXCEEDED");
    // It has the same deadline, or is told first that the client has gone.
    assertThat(both.server.status()).isIn(499, 504);
    sonde.ignoreErrors();
  }

  @Test
  void endsACallThatIsNeverSent() {
    say("hello");
    next();
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(-1, TimeUnit.SECONDS);

    failure(channel, SAY, options, "hello");

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.kind()).isEqualTo(Exchange.Kind.CLIENT);
    assertThat(exchange.grpcCode()).isEqualTo("DEADLINE_EXCEEDED");
  }

  @Test
  void recordsThatNobodyListens() throws Exception {
    ManagedChannel nobody = channelBuilder(1).build();
    try {
      failure(nobody, SAY, CallOptions.DEFAULT, "hello");
    } finally {
      nobody.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }

    Exchange exchange = sonde.nextExchange();
    assertThat(exchange.status()).isEqualTo(503);
    assertThat(exchange.grpcCode()).isEqualTo("UNAVAILABLE");
    if (hasConnections()) {
      assertThat(exchange.thrown()).isInstanceOf(IOException.class);
      assertThat(exchange.peerHost()).isEqualTo("127.0.0.1");
      assertThat(exchange.peerPort()).isEqualTo(1);
    }
    sonde.ignoreErrors();
  }

  @Test
  void isSilentWhenOff() throws Exception {
    sonde.whileOff(() -> assertThat(say("current")).isEqualTo("nothing"));

    assertThat(received.poll(10, TimeUnit.SECONDS).get(REQUEST_ID)).isNull();
  }
}

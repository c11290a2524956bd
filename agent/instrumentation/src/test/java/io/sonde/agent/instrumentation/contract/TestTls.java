// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A certificate for 127.0.0.1 that the JDK's keytool has made, and that nobody else trusts. */
public final class TestTls {

  /** Of the keystore and its key. */
  public static final String PASSWORD = "changeit";

  private static final class Once {
    static final TestTls TLS = new TestTls();
  }

  private final Path keystore;
  private final X509TrustManager trust;
  private final SSLContext context;

  private TestTls() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "tls").toAbsolutePath();
      keystore = folder.resolve("keystore.p12");
      make(keystore);
      KeyStore keys = load(keystore);
      trust = trusting(keys);
      context = context(keys, trust);
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Made when first asked for, which takes a second. */
  public static TestTls get() {
    return Once.TLS;
  }

  public Path keystore() {
    return keystore;
  }

  /** Of a server that shows the certificate, and of a client that trusts it. */
  public SSLContext context() {
    return context;
  }

  /** For clients that want it beside the context. */
  public X509TrustManager trust() {
    return trust;
  }

  private static void make(Path keystore) throws IOException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                keystore.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2")
            .inheritIO()
            .start();
    try {
      if (keytool.waitFor() != 0) {
        throw new AssertionError("keytool: " + keytool.exitValue());
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyStore load(Path keystore) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keystore)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  /** A key is no trusted certificate: its certificate must stand apart. */
  private static X509TrustManager trusting(KeyStore keys)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("test", keys.getCertificate("test"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    return (X509TrustManager) trust.getTrustManagers()[0];
  }

  private static SSLContext context(KeyStore keys, X509TrustManager trust)
      throws GeneralSecurityException {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), new TrustManager[] {trust}, null);
    return context;
  }
}

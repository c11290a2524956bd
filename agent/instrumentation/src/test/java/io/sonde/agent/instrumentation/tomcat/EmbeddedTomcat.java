// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Sonde Authors

package io.sonde.agent.instrumentation.tomcat;

import io.sonde.agent.instrumentation.contract.TestTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/**
 * A real Tomcat of whatever version is on the class path, on a free port of the loopback address.
 * Servlets are named, not linked, so that it compiles against one servlet API and runs with both.
 */
public final class EmbeddedTomcat implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger("org.apache");

  private final Tomcat tomcat = new Tomcat();
  private final Context context;
  private final Logger contextLog; // kept: the JDK holds loggers weakly

  /** True when the servlet API is javax. */
  public static boolean isJavax() {
    try {
      Class.forName("javax.servlet.Servlet");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  public EmbeddedTomcat() throws IOException {
    LOG.setLevel(Level.OFF);
    Path directory = Files.createTempDirectory(Path.of("target"), "tomcat");
    tomcat.setBaseDir(directory.toAbsolutePath().toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
    context = tomcat.addContext("", directory.toAbsolutePath().toString());
    contextLog = Logger.getLogger(context.getLogName());
    contextLog.setLevel(Level.OFF); // addContext has given it a level of its own
  }

  /** HTTPS instead of HTTP, and HTTP/2 where the client asks for it (ALPN). */
  public void tls(TestTls tls) {
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateKeystoreFile(tls.keystore().toString());
    certificate.setCertificateKeystorePassword(TestTls.PASSWORD);
    host.addCertificate(certificate);
    tomcat.getConnector().addSslHostConfig(host);
    tomcat.getConnector().setSecure(true);
    tomcat.getConnector().setScheme("https");
    tomcat.getConnector().setProperty("SSLEnabled", "true");
  }

  /** {@link Scenarios} in the servlet API at hand, as the default servlet. */
  public Wrapper scenarios() {
    String api = isJavax() ? "Javax" : "Jakarta";
    return servlet(getClass().getPackageName() + '.' + api + "Servlet", "/");
  }

  /** The servlet that serves {@code pattern}, made by its no-argument constructor. */
  public Wrapper servlet(String className, String pattern) {
    Wrapper servlet = Tomcat.addServlet(context, className, className);
    servlet.setAsyncSupported(true);
    servlet.setLoadOnStartup(1);
    servlet.addMapping(pattern);
    return servlet;
  }

  public void errorPage(int status, String location) {
    ErrorPage page = new ErrorPage();
    page.setErrorCode(status);
    page.setLocation(location);
    context.addErrorPage(page);
  }

  /** Returns the port. */
  public int start() throws LifecycleException {
    tomcat.start();
    return tomcat.getConnector().getLocalPort();
  }

  public Tomcat tomcat() {
    return tomcat;
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}

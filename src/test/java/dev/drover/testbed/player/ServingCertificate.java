package dev.drover.testbed.player;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * The certificate of a server that kube-apiserver calls.
 *
 * @param certificate for the DNS name {@link #METRICS_API_NAME}
 * @param key its private key
 * @param issuer the CA that signed it; it becomes the caBundle of the APIService
 */
public record ServingCertificate(X509Certificate certificate, PrivateKey key, X509Certificate issuer) {

    /** The name under which kube-apiserver calls the metrics API. */
    public static final String METRICS_API_NAME = "node-metrics.kube-system.svc";

    private static final char[] PASSWORD = "player".toCharArray();

    /** Reads PEM files. */
    public static ServingCertificate fromPem(Path certificate, Path key, Path issuer) {
        return new ServingCertificate(certificate(certificate), key(key), certificate(issuer));
    }

    private static X509Certificate certificate(Path file) {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "The certificate (%s) cannot be read. Give a PEM file.".formatted(file), e);
        }
    }

    private static PrivateKey key(Path file) {
        try (var parser = new PEMParser(Files.newBufferedReader(file))) {
            var converter = new JcaPEMKeyConverter();
            return switch (parser.readObject()) {
                case PEMKeyPair pair -> converter.getKeyPair(pair).getPrivate();
                case PrivateKeyInfo info -> converter.getPrivateKey(info);
                case null, default ->
                    throw new IllegalArgumentException(
                            "The file (%s) holds no private key. Give a PEM file.".formatted(file));
            };
        } catch (IOException e) {
            throw new UncheckedIOException("The private key (%s) cannot be read. Give a PEM file.".formatted(file), e);
        }
    }

    /** The caBundle of the APIService. */
    String issuerBundle() {
        try {
            var der = Base64.getMimeEncoder().encodeToString(issuer.getEncoded());
            var pem = "-----BEGIN CERTIFICATE-----\n" + der + "\n-----END CERTIFICATE-----\n";
            return Base64.getEncoder().encodeToString(pem.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The CA certificate (%s) cannot be encoded.".formatted(issuer.getSubjectX500Principal()), e);
        }
    }

    SSLContext context() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            store.setKeyEntry("serving", key, PASSWORD, new X509Certificate[] {certificate, issuer});
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "The serving certificate (%s) cannot be used. Its key must belong to it."
                            .formatted(certificate.getSubjectX500Principal()),
                    e);
        }
    }
}

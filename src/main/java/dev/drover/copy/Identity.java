package dev.drover.copy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** The certificate and key that both sides of one copy have, and nobody else. */
public final class Identity {
    static final String PROTOCOL = "TLSv1.3";

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);
    private static final char[] NO_PASSWORD = new char[0];

    private final SSLContext context;

    private Identity(SSLContext context) {
        this.context = context;
    }

    /**
     * Reads {@code tls.crt} (PEM, the first certificate counts) and {@code tls.key} (PEM, PKCS#8, an elliptic curve).
     *
     * @throws CopyFailure when they are not there or not that
     */
    public static Identity read(Path folder) throws CopyFailure {
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(folder.resolve("tls.crt"))));
            return new Identity(context(certificate, key(folder.resolve("tls.key"))));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException failure) {
            throw new CopyFailure(
                    "the identity (" + folder + ") cannot be used (" + CopyFailure.reason(failure)
                            + "). It must hold tls.crt and tls.key: PEM, the key in PKCS#8 on an elliptic curve.",
                    failure);
        }
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new CopyFailure("no PKCS#8 key in " + file.getFileName());
        }
        byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    private static SSLContext context(X509Certificate certificate, PrivateKey key)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("copy", key, NO_PASSWORD, new X509Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance(PROTOCOL);
        KeyManager[] ours = keys.getKeyManagers();
        context.init(ours, new TrustManager[] {new OnlyTrust(certificate)}, null);
        return context;
    }

    SSLContext context() {
        return context;
    }
}

package dev.drover.copy;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The certificate and key of a copy, as its operator makes them. */
public final class IdentityFiles {
    private static final X500Name NAME = new X500Name("CN=copy");

    private IdentityFiles() {}

    /** Writes a new pair into {@code folder}, which it makes. Its dates are of the past: they do not count. */
    public static Path make(Path folder) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            Date from = Date.from(Instant.EPOCH);
            Date to = Date.from(Instant.EPOCH.plus(Duration.ofDays(1)));
            X509CertificateHolder certificate = new JcaX509v3CertificateBuilder(
                            NAME, BigInteger.ONE, from, to, NAME, pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("tls.crt"), pem(certificate));
            Files.writeString(folder.resolve("tls.key"), pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
            return folder;
        } catch (IOException | GeneralSecurityException | OperatorCreationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String pem(Object value) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(value);
        }
        return text.toString();
    }
}

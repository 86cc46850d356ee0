package dev.drover.service.disk;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The key by which the two pods of one copy know each other. It is made for that copy, and gone with it. */
final class CopyIdentity {
    private static final X500Name NAME = new X500Name("CN=drover-copy");
    private static final Duration SKEW = Duration.ofHours(1);
    /** Longer than any copy: who has it reaches nothing but the other pod. */
    private static final Duration VALIDITY = Duration.ofDays(30);

    private static final int SERIAL_BITS = 120;

    private final SecureRandom random;

    CopyIdentity(SecureRandom random) {
        this.random = random;
    }

    /** The members of a Secret: a P-256 key in PKCS#8 and its certificate, signed by itself, both in PEM. */
    Map<String, String> issue(Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            var certificate = new JcaX509v3CertificateBuilder(
                            NAME,
                            new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                            Date.from(now.minus(SKEW)),
                            Date.from(now.plus(VALIDITY)),
                            NAME,
                            pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            return Map.of(
                    "tls.crt", pem(new JcaX509CertificateConverter().getCertificate(certificate)),
                    "tls.key", pem(new JcaPKCS8Generator(pair.getPrivate(), null)));
        } catch (GeneralSecurityException | OperatorCreationException | IOException failed) {
            throw new IllegalStateException(
                    "The key of a copy cannot be made. Check the JDK's security providers.", failed);
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

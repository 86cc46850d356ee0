package dev.drover.admission;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes a P-256 authority and what it signs, in memory. */
final class CertificateAuthority {
    private static final X500Name ISSUER = new X500Name("CN=drover-webhook-ca");
    private static final X500Name SUBJECT = new X500Name("CN=drover-webhook");
    /** The clock of the API server may be behind ours. */
    private static final Duration SKEW = Duration.ofHours(1);

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
    private static final int SERIAL_BITS = 120;

    private final Date from;
    private final Date to;
    private final SecureRandom random;

    CertificateAuthority(Instant now, Duration validity, SecureRandom random) {
        this.from = Date.from(now.minus(SKEW));
        this.to = Date.from(now.plus(validity));
        this.random = random;
    }

    WebhookCertificates issue(List<String> names) {
        try {
            KeyPair authority = keyPair();
            X509v3CertificateBuilder root = builder(ISSUER, authority.getPublic());
            root.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            root.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            KeyPair serving = keyPair();
            X509v3CertificateBuilder leaf = builder(SUBJECT, serving.getPublic());
            leaf.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            leaf.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            leaf.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            leaf.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            return new WebhookCertificates(
                    pem(sign(root, authority)),
                    pem(sign(leaf, authority)),
                    pem(new JcaPKCS8Generator(serving.getPrivate(), null)));
        } catch (GeneralSecurityException | OperatorCreationException | IOException failed) {
            throw new IllegalStateException(
                    "The webhook's certificate for (" + names
                            + ") cannot be made. Check the names, and the JDK's security providers.",
                    failed);
        }
    }

    private X509v3CertificateBuilder builder(X500Name subject, PublicKey key) {
        return new JcaX509v3CertificateBuilder(
                ISSUER, new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE), from, to, subject, key);
    }

    private KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private X509Certificate sign(X509v3CertificateBuilder certificate, KeyPair authority)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(certificate.build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate())));
    }

    private static GeneralNames alternatives(List<String> names) {
        return new GeneralNames(names.stream()
                .map(name -> new GeneralName(
                        ADDRESS.matcher(name).matches() ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    private static String pem(Object value) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(value);
        }
        return text.toString();
    }
}

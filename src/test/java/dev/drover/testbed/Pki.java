package dev.drover.testbed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
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
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificate authority of one control plane. Each has its own: with a shared one a client of a control plane that is gone could
 * talk to its successor on the same port without an error.
 */
public final class Pki {

    private static final Duration VALIDITY = Duration.ofDays(365);
    private static final String CA_NAME = "CN=drover-testbed";

    private final Path folder;
    private final PrivateKey caKey;
    private final X509Certificate ca;
    private final InstantSource clock;

    private Pki(Path folder, PrivateKey caKey, X509Certificate ca, InstantSource clock) {
        this.folder = folder;
        this.caKey = caKey;
        this.ca = ca;
        this.clock = clock;
    }

    static Pki create(Path folder, InstantSource clock) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            KeyPair pair = newKey();
            X500Name name = new X500Name(CA_NAME);
            X509v3CertificateBuilder builder = certificate(name, name, pair, clock.instant());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature));
            Pki pki = new Pki(folder, pair.getPrivate(), sign(builder, pair.getPrivate()), clock);
            pki.write("ca.crt", "CERTIFICATE", pki.ca.getEncoded());
            pki.write("ca.key", "PRIVATE KEY", pair.getPrivate().getEncoded());
            return pki;
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("Cannot make a certificate authority in (" + folder + ")", e);
        }
    }

    static Pki open(Path folder, InstantSource clock) {
        try {
            X509Certificate ca = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(folder.resolve("ca.crt"))));
            String pem = Files.readString(folder.resolve("ca.key")).replaceAll("-----[A-Z ]+-----|\\s", "");
            PrivateKey key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
            return new Pki(folder, key, ca, clock);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    "Cannot read the certificate authority in (" + folder + "). Is a control plane running there?", e);
        }
    }

    X509Certificate ca() {
        return ca;
    }

    String caPem() {
        try {
            return Files.readString(folder.resolve("ca.crt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The authority's certificate as one base64 word, as webhooks and kubeconfigs want it. */
    String caBundle() {
        return base64(folder.resolve("ca.crt"));
    }

    /** Identifies {@code user} to the API server, as a member of {@code groups}. */
    Certificate client(String file, String user, String... groups) {
        X500NameBuilder subject = new X500NameBuilder(BCStyle.INSTANCE);
        Stream.of(groups).forEach(group -> subject.addRDN(BCStyle.O, group));
        subject.addRDN(BCStyle.CN, user);
        return issue(file, subject.build(), List.of());
    }

    /** Serves TLS on 127.0.0.1 under the given DNS names, and serves as a client certificate as well. */
    Certificate server(String file, String commonName, String... dnsNames) {
        List<GeneralName> names = Stream.concat(
                        Stream.of(dnsNames).map(name -> new GeneralName(GeneralName.dNSName, name)),
                        Stream.of("127.0.0.1", "10.0.0.1").map(ip -> new GeneralName(GeneralName.iPAddress, ip)))
                .toList();
        return issue(
                file,
                new X500NameBuilder(BCStyle.INSTANCE)
                        .addRDN(BCStyle.CN, commonName)
                        .build(),
                names);
    }

    /** The key pair with which service account tokens are signed: {@code sa.key} and {@code sa.pub}. */
    void serviceAccountKeys() {
        KeyPair pair = newKey();
        write("sa.key", "PRIVATE KEY", pair.getPrivate().getEncoded());
        write("sa.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private Certificate issue(String file, X500Name subject, List<GeneralName> names) {
        try {
            KeyPair pair = newKey();
            X509v3CertificateBuilder builder = certificate(new X500Name(CA_NAME), subject, pair, clock.instant());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            if (!names.isEmpty()) {
                ASN1Encodable alternatives = new GeneralNames(names.toArray(GeneralName[]::new));
                builder.addExtension(Extension.subjectAlternativeName, false, alternatives);
            }
            write(file + ".crt", "CERTIFICATE", sign(builder, caKey).getEncoded());
            write(file + ".key", "PRIVATE KEY", pair.getPrivate().getEncoded());
            return new Certificate(folder.resolve(file + ".crt"), folder.resolve(file + ".key"));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("Cannot issue the certificate (" + file + ") for (" + subject + ")", e);
        }
    }

    private static X509v3CertificateBuilder certificate(X500Name issuer, X500Name subject, KeyPair pair, Instant now) {
        // An hour in the past: file systems and containers disagree about the time more often than one likes.
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, new SecureRandom()),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(VALIDITY)),
                subject,
                pair.getPublic());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(key)));
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot make RSA keys", e);
        }
    }

    private void write(String file, String type, byte[] content) {
        String pem = "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + type
                + "-----\n";
        try {
            Files.writeString(folder.resolve(file), pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String base64(Path file) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A certificate and its private key, both PEM. */
    public record Certificate(Path certificate, Path key) {}
}

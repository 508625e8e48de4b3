package org.habeas.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/** An Ed25519 private key with the public one that goes with it. Never printed. */
final class SigningKey {
    private final PrivateKey secret;
    private final VerifierKey verifier;

    private SigningKey(PrivateKey secret, VerifierKey verifier) {
        this.secret = secret;
        this.verifier = verifier;
    }

    /** A new key of this name. */
    static SigningKey generate(String name) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new SigningKey(pair.getPrivate(), VerifierKey.of(name, pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 has Ed25519", e);
        }
    }

    /** The stored key; refused where the two halves do not belong together. */
    static SigningKey of(byte[] pkcs8, VerifierKey verifier) {
        try {
            PrivateKey secret = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            SigningKey key = new SigningKey(secret, verifier);
            byte[] probe = "do these belong together?".getBytes(StandardCharsets.UTF_8);
            if (!verifier.verifies(probe, key.sign(probe))) {
                throw new Malformed("the private key does not belong to " + verifier.id());
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new Malformed("this is no Ed25519 private key");
        }
    }

    VerifierKey verifier() {
        return verifier;
    }

    byte[] pkcs8() {
        return secret.getEncoded();
    }

    byte[] sign(byte[] text) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(secret);
            ed25519.update(text);
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing failed", e);
        }
    }
}

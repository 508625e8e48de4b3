package org.habeas.vault;

import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Random;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys and what is sealed under them. Every case has a key of its own, wrapped by the master key, which lies outside the
 * database; {@link #shred} makes all that was sealed under it unreadable. AES-256-GCM (NIST SP 800-38D), HMAC-SHA-256.
 */
@ApplicationScoped
public class Vault {
    private static final int SEGMENT = 64 * 1024;

    private final AgroalDataSource database;
    private final MasterKey master;
    private final Outside outside;
    private final TransactionSynchronizationRegistry transactions;

    Vault(
            AgroalDataSource database,
            MasterKey master,
            Outside outside,
            TransactionSynchronizationRegistry transactions) {
        this.database = database;
        this.master = master;
        this.outside = outside;
        this.transactions = transactions;
    }

    /** Under what a key that this transaction has made or read is found again: much is sealed under it at once. */
    private record Known(UUID id) {}

    /** What was sealed under this key can no longer be read: the key was shredded, as its rule says. */
    public static final class Shredded extends RuntimeException {
        Shredded(UUID key) {
            super("key " + key + " was shredded", null, false, false);
        }
    }

    /** Makes a key in the caller's transaction and returns its id. */
    public UUID newKey() {
        return made(UUID.randomUUID(), null, null);
    }

    /** The key of a part of a case, made where it is not there yet; one that was shredded stays so. */
    public UUID partKey(UUID whole, Part part) {
        return made(part.of(whole), whole, part.code());
    }

    private UUID made(UUID id, @Nullable UUID whole, @Nullable String part) {
        byte[] key = Random.randBytes(32);
        try (var connection = database.getConnection();
                var insert =
                        connection.prepareStatement("insert into vault_key (id, wrapped, master, part_of, part) values"
                                + " (?, ?, ?, ?, ?) on conflict (id) do nothing")) {
            int newest = master.newest();
            insert.setObject(1, id);
            insert.setBytes(2, new AesGcmJce(master.wrapping(newest)).encrypt(key, bytes(id.toString())));
            insert.setInt(3, newest);
            insert.setObject(4, whole);
            insert.setString(5, part);
            if (insert.executeUpdate() == 1) {
                remember(id, key);
            }
            return id;
        } catch (SQLException | GeneralSecurityException e) {
            throw new IllegalStateException("a key could not be made", e);
        }
    }

    /** As a line of {@link Outside}: this key is to stay shredded when a backup brings it back. */
    public static final String SHREDDED = "shredded";

    /** Destroys the key in the caller's transaction; doing it twice is no error. */
    public void shred(UUID key) {
        shred(key, "");
    }

    /** The same under this rule, which is told wherever something that was sealed under the key is missing. */
    public void shred(UUID key, String rule) {
        if (destroy(key, rule)) {
            outside.remember(SHREDDED, bytes(key + (rule.isEmpty() ? "" : " " + rule)));
        }
    }

    /** Destroys a key that a backup brought back; its line is in the file already. */
    public void shredAgain(byte[] line) {
        String[] parts = new String(line, StandardCharsets.UTF_8).split(" ", 2);
        destroy(UUID.fromString(parts[0]), parts.length == 2 ? parts[1] : "");
    }

    private boolean destroy(UUID key, String rule) {
        remember(key, null);
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("update vault_key set wrapped = null, shredded_at = now(),"
                        + " shredded_under = nullif(?, '') where id = ? and wrapped is not null")) {
            update.setString(1, rule);
            update.setObject(2, key);
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new IllegalStateException("a key could not be shredded", e);
        }
    }

    /** Seals bytes; {@code context} says what they are and must be the same when they are opened. */
    public byte[] seal(UUID key, byte[] plain, String context) {
        try {
            return new AesGcmJce(unwrap(key)).encrypt(plain, bytes(context));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /** Opens what {@link #seal} made, or throws {@link Shredded}. */
    public byte[] open(UUID key, byte[] sealed, String context) {
        try {
            return new AesGcmJce(unwrap(key)).decrypt(sealed, bytes(context));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("what was sealed as " + context + " was changed or is not that", e);
        }
    }

    public byte[] seal(UUID key, String plain, String context) {
        return seal(key, bytes(plain), context);
    }

    public String openText(UUID key, byte[] sealed, String context) {
        return new String(open(key, sealed, context), StandardCharsets.UTF_8);
    }

    /** Opens one text for each of these keys with a single look at the keys; what was shredded is left out. */
    public Map<UUID, String> openTexts(Map<UUID, byte[]> sealed, String context) {
        Map<UUID, String> opened = new HashMap<>();
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(
                        "select id, wrapped, master from vault_key where id = any(?) and wrapped is not null")) {
            select.setArray(1, connection.createArrayOf("uuid", sealed.keySet().toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    UUID id = rows.getObject(1, UUID.class);
                    byte[] key = new AesGcmJce(master.wrapping(rows.getInt(3)))
                            .decrypt(rows.getBytes(2), bytes(id.toString()));
                    byte[] plain = new AesGcmJce(key).decrypt(sealed.get(id), bytes(context));
                    opened.put(id, new String(plain, StandardCharsets.UTF_8));
                }
            }
            return opened;
        } catch (SQLException | GeneralSecurityException e) {
            throw new IllegalStateException("texts could not be opened as " + context, e);
        }
    }

    /** A stream that seals what is written to it in bounded segments. */
    public OutputStream sealing(UUID key, OutputStream sealed, String context) throws IOException {
        try {
            return streaming(key).newEncryptingStream(sealed, bytes(context));
        } catch (GeneralSecurityException e) {
            throw new IOException("sealing failed", e);
        }
    }

    /** A stream that opens what {@link #sealing} made; reading fails where a byte was changed. */
    public InputStream opening(UUID key, InputStream sealed, String context) throws IOException {
        try {
            return streaming(key).newDecryptingStream(sealed, bytes(context));
        } catch (GeneralSecurityException e) {
            throw new IOException("opening failed", e);
        }
    }

    /** HMAC-SHA-256 under the case's key: binds to the message, tells nothing of it once the key is shredded. */
    public byte[] commit(UUID key, byte[] message) {
        return hmac(unwrap(key), message);
    }

    /** HMAC-SHA-256 under the portal's own key, Base64url: equal values are found without being stored. */
    public String keyedHash(String purpose, String value) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(hmac(master.derive("hash:" + purpose), bytes(value)));
    }

    /** How an identifier is found without its value being stored; {@code kind} as the data map's {@code identity} names it. */
    public String identifierHash(String kind, String value) {
        return keyedHash("identifier", kind + ":" + value.strip().toLowerCase(Locale.ROOT));
    }

    private StreamingAead streaming(UUID key) throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(unwrap(key), "HmacSha256", 32, SEGMENT, 0);
    }

    private byte[] unwrap(UUID key) {
        if (transactions.getTransactionKey() != null
                && transactions.getResource(new Known(key)) instanceof byte[] known) {
            return known;
        }
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select wrapped, master from vault_key where id = ?")) {
            select.setObject(1, key);
            try (var rows = select.executeQuery()) {
                if (!rows.next() || rows.getBytes(1) == null) {
                    throw new Shredded(key);
                }
                byte[] read =
                        new AesGcmJce(master.wrapping(rows.getInt(2))).decrypt(rows.getBytes(1), bytes(key.toString()));
                remember(key, read);
                return read;
            }
        } catch (SQLException | GeneralSecurityException e) {
            throw new IllegalStateException("a key could not be read; is it the right master key?", e);
        }
    }

    private void remember(UUID id, byte @Nullable [] key) {
        if (transactions.getTransactionKey() != null) {
            transactions.putResource(new Known(id), key);
        }
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

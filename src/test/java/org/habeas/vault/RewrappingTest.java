package org.habeas.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Random;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** An operator puts a new master key beside the old one while the portal runs. */
@QuarkusTest
class RewrappingTest {
    private static final int KEYS = 250;

    @Inject
    Vault vault;

    @Inject
    MasterKey master;

    @Inject
    Rewrapping rewrapping;

    @Inject
    AgroalDataSource database;

    @ConfigProperty(name = "habeas.home")
    Path home;

    private record Wrapped(byte[] key, int master) {}

    @Test
    void everyKeyIsWrappedByTheNewOneAndWhatWasSealedIsReadAllTheTime() throws Exception {
        int old = master.newest();
        List<UUID> keys = new ArrayList<>();
        List<byte[]> sealed = new ArrayList<>();
        QuarkusTransaction.requiringNew().run(() -> {
            for (int i = 0; i < KEYS; i++) {
                keys.add(vault.newKey());
                sealed.add(vault.seal(keys.get(i), "text " + i, "test"));
            }
            vault.shred(keys.get(0));
        });
        Files.write(home.resolve("keys").resolve("master-" + (old + 1) + ".key"), Random.randBytes(32));
        master.look();
        UUID fresh = QuarkusTransaction.requiringNew().call(vault::newKey);
        assertEquals(old + 1, wrapped(fresh).master(), "new keys are wrapped by it at once");
        assertEquals(old, wrapped(keys.get(KEYS - 1)).master());

        assertTrue(rewrapping.some() > 0, "killed after the first batch, both kinds are read");
        readable(keys, sealed);
        for (int some = 1; some > 0; ) {
            some = rewrapping.some();
        }
        readable(keys, sealed);
        try (var connection = database.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery(
                                "select count(*) from vault_key where wrapped is not null and master <= " + old)) {
            rows.next();
            assertEquals(0, rows.getInt(1), "the old one wraps none");
        }
        assertThrows(Vault.Shredded.class, () -> vault.openText(keys.get(0), sealed.get(0), "test"));
        Wrapped last = wrapped(keys.get(1));
        byte[] context = keys.get(1).toString().getBytes(StandardCharsets.UTF_8);
        assertThrows(
                GeneralSecurityException.class,
                () -> new AesGcmJce(master.wrapping(old)).decrypt(last.key(), context),
                "who has the old key and this database opens nothing");
        try (var connection = database.getConnection()) {
            KeyCheck.check(connection, new MasterKey(home));
        }
    }

    private void readable(List<UUID> keys, List<byte[]> sealed) {
        for (int i = 1; i < KEYS; i++) {
            assertEquals("text " + i, vault.openText(keys.get(i), sealed.get(i), "test"));
        }
    }

    private Wrapped wrapped(UUID key) throws Exception {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select wrapped, master from vault_key where id = ?")) {
            select.setObject(1, key);
            try (var row = select.executeQuery()) {
                row.next();
                return new Wrapped(row.getBytes(1), row.getInt(2));
            }
        }
    }
}

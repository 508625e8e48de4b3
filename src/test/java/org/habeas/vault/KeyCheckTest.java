package org.habeas.vault;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.habeas.problem.StartFailure;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCheckTest {
    @TempDir
    Path folder;

    @Test
    void aDatabaseIsOpenedByTheKeyThatSealedItAndNoOther() throws Exception {
        MasterKey ours = new MasterKey(folder.resolve("ours"));
        String url = TestDatabases.fresh();
        TestDatabases.execute(url, "create table vault_key (id uuid primary key, wrapped bytea)");
        try (var connection = TestDatabases.connect(url);
                var insert = connection.prepareStatement("insert into vault_key values (?, ?)")) {
            UUID id = UUID.randomUUID();
            insert.setObject(1, id);
            insert.setBytes(
                    2,
                    new AesGcmJce(ours.derive("wrap"))
                            .encrypt(new byte[32], id.toString().getBytes(StandardCharsets.UTF_8)));
            insert.executeUpdate();
            assertDoesNotThrow(() -> KeyCheck.check(connection, ours));
            MasterKey other = new MasterKey(folder.resolve("other"));
            assertThrows(StartFailure.class, () -> KeyCheck.check(connection, other));
        }
    }

    @Test
    void aDamagedKeyStopsTheStartInOneLine() throws Exception {
        Path file = Files.createDirectories(folder.resolve("keys")).resolve("master.key");
        Files.writeString(file, "short");
        var failure = assertThrows(StartFailure.class, () -> new MasterKey(folder));
        assertTrue(failure.getMessage().contains("master.key"));
    }
}

package org.habeas.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.UUID;
import org.habeas.problem.StartFailure;
import org.habeas.testing.TestDatabases;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCheckTest {
    @TempDir
    Path folder;

    @Test
    void aDatabaseIsOpenedByTheKeyThatSealedItAndNoOther() throws Exception {
        MasterKey ours = new MasterKey(folder.resolve("ours"));
        String url = TestDatabases.fresh();
        TestDatabases.execute(
                url, "create table vault_key (id uuid primary key, wrapped bytea, master int not null default 0)");
        try (var connection = TestDatabases.connect(url);
                var insert = connection.prepareStatement("insert into vault_key (id, wrapped) values (?, ?)")) {
            UUID id = UUID.randomUUID();
            insert.setObject(1, id);
            insert.setBytes(
                    2,
                    new AesGcmJce(ours.wrapping(0))
                            .encrypt(new byte[32], id.toString().getBytes(StandardCharsets.UTF_8)));
            insert.executeUpdate();
            assertDoesNotThrow(() -> KeyCheck.check(connection, ours));
            MasterKey other = new MasterKey(folder.resolve("other"));
            assertThrows(StartFailure.class, () -> KeyCheck.check(connection, other));
        }
    }

    @Test
    void nobodyButItsOwnerReadsIt() throws Exception {
        assertEquals(0, new MasterKey(folder).newest());
        Path file = folder.resolve("keys/master.key");
        Assumptions.assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aLaterKeyIsFoundByItsNumberAndMustBeOne() throws Exception {
        MasterKey first = new MasterKey(folder);
        assertEquals(0, first.newest());
        Files.write(folder.resolve("keys/master-2.key"), new byte[32]);
        Files.write(folder.resolve("keys/master-1.key.new"), new byte[3]);
        MasterKey both = new MasterKey(folder);
        assertEquals(2, both.newest());
        assertArrayEquals(first.derive("hash:word"), both.derive("hash:word"), "hashes stay with the first");
        assertFalse(Arrays.equals(both.wrapping(0), both.wrapping(2)));
        Files.write(folder.resolve("keys/master-3.key"), new byte[31]);
        var failure = assertThrows(StartFailure.class, () -> new MasterKey(folder));
        assertTrue(failure.getMessage().contains("master-3.key"));
    }

    @Test
    void aDamagedKeyStopsTheStartInOneLine() throws Exception {
        Path file = Files.createDirectories(folder.resolve("keys")).resolve("master.key");
        Files.writeString(file, "short");
        var failure = assertThrows(StartFailure.class, () -> new MasterKey(folder));
        assertTrue(failure.getMessage().contains("master.key"));
    }
}

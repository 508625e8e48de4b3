package org.habeas.fulfilment;

import com.fasterxml.jackson.core.type.TypeReference;
import io.agroal.api.AgroalDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.habeas.connector.Key;
import org.habeas.connector.Row;
import org.habeas.connector.Values;
import org.habeas.datamap.CollectionKey;
import org.habeas.vault.Vault;

/** Chunks of one generation of findings: compressed, then sealed under the case's key. */
final class SealedChunks implements ChunkStore {
    private static final TypeReference<List<Map<String, Object>>> ROWS = new TypeReference<>() {};

    private final AgroalDataSource database;
    private final Vault vault;
    private final UUID request;
    private final UUID key;
    private final UUID generation;

    SealedChunks(AgroalDataSource database, Vault vault, UUID request, UUID key, UUID generation) {
        this.database = database;
        this.vault = vault;
        this.request = request;
        this.key = key;
        this.generation = generation;
    }

    @Override
    public void put(CollectionKey collection, int seq, List<Found> rows) {
        String sql = "insert into finding_chunk (request_id, generation, system, collection, seq, rows, sealed) values"
                + " (?, ?, ?, ?, ?, ?, ?) on conflict (request_id, generation, system, collection, seq) do update set"
                + " sealed = excluded.sealed";
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(sql)) {
            insert.setObject(1, request);
            insert.setObject(2, generation);
            insert.setString(3, collection.dataset());
            insert.setString(4, collection.name());
            insert.setInt(5, seq);
            insert.setInt(6, rows.size());
            insert.setBytes(7, vault.seal(key, pack(rows), context(collection, seq)));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("findings cannot be kept", e);
        }
    }

    @Override
    public List<Found> get(CollectionKey collection, int seq) {
        String sql = "select sealed from finding_chunk where request_id = ? and generation = ? and system = ? and"
                + " collection = ? and seq = ?";
        byte[] sealed;
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setObject(1, request);
            select.setObject(2, generation);
            select.setString(3, collection.dataset());
            select.setString(4, collection.name());
            select.setInt(5, seq);
            try (var rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("findings were replaced while they were read");
                }
                sealed = rows.getBytes(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("findings cannot be read", e);
        }
        return unpack(vault.open(key, sealed, context(collection, seq)));
    }

    /** Binds a chunk to its place: one put elsewhere does not open. */
    private String context(CollectionKey collection, int seq) {
        return "findings:" + request + ":" + generation + ":" + collection + ":" + seq;
    }

    static byte[] pack(List<Found> rows) {
        List<Map<String, Object>> plain = new ArrayList<>(rows.size());
        for (Found found : rows) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("k", found.row().key().values());
            row.put("c", found.copy());
            row.put("s", found.standing().name());
            row.put("v", found.row().values());
            plain.add(row);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            Values.JSON.writeValue(zip, plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static List<Found> unpack(byte[] packed) {
        try (var zip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            List<Found> rows = new ArrayList<>();
            for (Map<String, Object> row : Values.JSON.readValue(zip, ROWS)) {
                rows.add(new Found(
                        new Row(new Key(list(row.get("k"))), map(row.get("v"))),
                        ((Number) row.get("c")).intValue(),
                        Standing.valueOf(row.get("s").toString())));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object plain) {
        return (List<Object>) Values.plain(plain);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object plain) {
        return (Map<String, Object>) Values.plain(plain);
    }
}

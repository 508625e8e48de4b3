package org.habeas.fulfilment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.habeas.connector.Values;
import org.habeas.datamap.CollectionKey;

/** 128 bits of a SHA-256 that stand for a row, or for the values of a key, without holding them. */
record RowHash(long high, long low) implements Comparable<RowHash> {
    /** Of one copy of a row: rows without a primary key may be there several times. */
    static RowHash of(CollectionKey collection, Found found) {
        return of(collection, found.row().key().values(), found.copy());
    }

    static RowHash of(CollectionKey collection, List<Object> key, int copy) {
        return of(collection + "\n" + copy + "\n" + Values.canonical(key));
    }

    static RowHash of(String text) {
        ByteBuffer digest = ByteBuffer.wrap(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
        return new RowHash(digest.getLong(), digest.getLong());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] bytes() {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    @Override
    public int compareTo(RowHash other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }
}

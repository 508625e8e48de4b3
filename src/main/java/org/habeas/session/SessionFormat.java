package org.habeas.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A session as bytes, small enough for a cookie. */
final class SessionFormat {
    private static final int VERSION = 1;
    private static final int LARGEST = 100_000;

    private SessionFormat() {}

    static byte[] write(Session session) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeByte(VERSION);
            out.writeBoolean(session.staff().isPresent());
            if (session.staff().isPresent()) {
                Session.Staff staff = session.staff().get();
                text(out, staff.account());
                instant(out, staff.since());
                instant(out, staff.seen());
            }
            out.writeByte(session.opened().size());
            for (var opened : session.opened().entrySet()) {
                text(out, opened.getKey());
                instant(out, opened.getValue());
            }
            out.writeByte(session.notes().size());
            for (var note : session.notes().entrySet()) {
                text(out, note.getKey());
                text(out, note.getValue().text());
                instant(out, note.getValue().until());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The session in bytes that {@link #write} made; anything else is an {@link IOException}. */
    static Session read(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            if (in.readByte() != VERSION) {
                return Session.empty();
            }
            Optional<Session.Staff> staff = in.readBoolean()
                    ? Optional.of(new Session.Staff(text(in), instant(in), instant(in)))
                    : Optional.empty();
            Map<String, Instant> opened = new LinkedHashMap<>();
            for (int i = in.readByte(); i > 0; i--) {
                opened.put(text(in), instant(in));
            }
            Map<String, Session.Note> notes = new LinkedHashMap<>();
            for (int i = in.readByte(); i > 0; i--) {
                notes.put(text(in), new Session.Note(text(in), instant(in)));
            }
            return new Session(staff, opened, notes);
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LARGEST) {
            throw new IOException("not a session");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static void instant(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
    }

    private static Instant instant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong());
    }
}

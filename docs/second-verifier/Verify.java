import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipFile;

/**
 * A second verifier, written from ../history-format.md alone and sharing no line with the portal, for those who would rather
 * read three hundred lines than believe a jar. Needs a JDK (17 or newer) and nothing else:
 *
 * <pre>
 * java Verify.java bundle.zip [--since CHECKPOINT-FILE] [--key KEY-FILE]
 * java Verify.java proof.json [--key KEY-FILE]
 * </pre>
 */
final class Verify {
    /** What is wrong. */
    static final class Wrong extends RuntimeException {
        Wrong(String what) {
            super(what);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        String line;
        boolean sound = true;
        try {
            byte[] since = options.containsKey("--since") ? Files.readAllBytes(Path.of(options.get("--since"))) : null;
            String key = options.containsKey("--key") ? Files.readString(Path.of(options.get("--key"))) : null;
            line = "OK: " + verify(Path.of(arguments[0]), since, key);
        } catch (Wrong | IOException e) {
            line = "WRONG: " + e.getMessage();
            sound = false;
        }
        System.out.println(line);
        System.exit(sound ? 0 : 1);
    }

    /** Says what was verified, or throws what is wrong. */
    static String verify(Path file, byte[] since, String trusted) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            if (content.read() == '{') {
                return proof(Files.readString(file), trusted);
            }
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new Verify(zip).bundle(since, trusted);
        }
    }

    // ---- the bundle

    /** A signed head and what to call it. */
    private record Head(String name, Note note) {}

    private record Announcement(long index, Key key) {}

    private final ZipFile zip;
    private final List<Head> heads = new ArrayList<>();
    private final List<Announcement> announcements = new ArrayList<>();

    private Verify(ZipFile zip) {
        this.zip = zip;
    }

    private String bundle(byte[] since, String trusted) throws IOException {
        Set<String> names = new HashSet<>();
        for (var files = zip.entries().asIterator(); files.hasNext(); ) {
            String name = files.next().getName();
            require(names.add(name), "two files are named " + name);
        }
        Key key = Key.parse(text(file("public.key")));
        Note head = Note.parse(file("checkpoint"));
        require(head.signedBy(key), "checkpoint is not signed by the key in public.key");
        require(head.origin.equals(key.name), "checkpoint is of another history than public.key");
        heads.add(new Head("checkpoint", head));
        for (String name : names) {
            if (name.startsWith("checkpoints/") && !name.equals("checkpoints/")) {
                Note note = Note.parse(file(name));
                require(name.equals("checkpoints/" + note.size), name + " is of size " + note.size);
                heads.add(new Head(name, note));
            }
        }
        Note kept = since == null ? null : Note.parse(since);
        if (kept != null) {
            heads.add(new Head("the checkpoint that was kept", kept));
        }
        for (Head one : heads) {
            require(one.note.origin.equals(head.origin), one.name + " is of another history");
            require(one.note.size <= head.size, one.name + " is larger than checkpoint: the history was rolled back");
        }
        walk(head);
        signatures(key);
        trust(key, kept, trusted);
        return head.size + " entries, " + (heads.size() - 1) + " earlier heads, root "
                + Base64.getEncoder().encodeToString(head.root);
    }

    /** Grows the tree line by line and compares its root with every head on the way. */
    private void walk(Note head) throws IOException {
        Map<Long, List<Head>> bySize = new TreeMap<>();
        heads.forEach(one -> bySize.computeIfAbsent(one.note.size, size -> new ArrayList<>())
                .add(one));
        Deque<byte[]> edge = new ArrayDeque<>();
        long size = 0;
        compare(bySize, size, edge);
        try (InputStream in = new BufferedInputStream(open("entries.jsonl"), 1 << 16)) {
            for (byte[] line = line(in); line != null; line = line(in), size++) {
                require(size < head.size, "there are more entries than the " + head.size + " that were signed");
                require(line.length > 0, "entry " + size + " is missing");
                announced(size, line);
                byte[] hash = hash(new byte[] {0}, line);
                for (long index = size; (index & 1) == 1; index >>= 1) {
                    hash = hash(new byte[] {1}, edge.removeLast(), hash);
                }
                edge.addLast(hash);
                compare(bySize, size + 1, edge);
            }
        }
        require(size == head.size, "there are " + size + " entries, and " + head.size + " were signed");
    }

    private static void compare(Map<Long, List<Head>> heads, long size, Deque<byte[]> edge) {
        for (Head head : heads.getOrDefault(size, List.of())) {
            byte[] root = hash();
            Iterator<byte[]> fromTheRight = edge.descendingIterator();
            if (fromTheRight.hasNext()) {
                root = fromTheRight.next();
                while (fromTheRight.hasNext()) {
                    root = hash(new byte[] {1}, fromTheRight.next(), root);
                }
            }
            require(Arrays.equals(root, head.note.root), "the first " + size + " entries are not those of " + head.name);
        }
    }

    /** Without the newline; null at the end. */
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(400);
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                require(line.size() == 0, "entries.jsonl does not end with a newline");
                return null;
            }
            line.write(one);
        }
        return line.toByteArray();
    }

    private void announced(long index, byte[] line) {
        String entry = new String(line, StandardCharsets.UTF_8);
        if (entry.contains("history.key-added")
                && Json.parse(entry) instanceof Map<?, ?> fields
                && "history.key-added".equals(fields.get("event"))
                && fields.get("facts") instanceof Map<?, ?> facts
                && facts.get("key") instanceof String key) {
            announcements.add(new Announcement(index, Key.parse(key)));
        }
    }

    private void signatures(Key key) {
        for (Head head : heads) {
            require(
                    head.note.signedBy(key) || announcements.stream().anyMatch(one -> head.note.signedBy(one.key)),
                    head.name + " is not signed by a key of this history");
        }
    }

    /** From the key that is trusted to the one that signed, over the heads that vouch for the next. */
    private void trust(Key key, Note kept, String pinned) {
        Set<Key> trusted = new HashSet<>();
        if (pinned != null) {
            trusted.add(Key.parse(pinned));
        } else if (kept != null) {
            announcements.stream().map(Announcement::key).filter(kept::signedBy).forEach(trusted::add);
            if (kept.signedBy(key)) {
                trusted.add(key);
            }
        } else {
            return;
        }
        boolean more = true;
        while (more) {
            more = false;
            for (Announcement one : announcements) {
                more |= !trusted.contains(one.key) && vouchedFor(one, trusted) && trusted.add(one.key);
            }
        }
        require(trusted.contains(key), "no trusted key vouches for the one that signed checkpoint");
    }

    private boolean vouchedFor(Announcement announcement, Set<Key> trusted) {
        return heads.stream()
                .filter(head -> head.note.size > announcement.index)
                .anyMatch(head -> trusted.stream().anyMatch(head.note::signedBy));
    }

    private byte[] file(String name) throws IOException {
        try (InputStream content = open(name)) {
            return content.readAllBytes();
        }
    }

    private InputStream open(String name) throws IOException {
        require(zip.getEntry(name) != null, "there is no file " + name);
        return zip.getInputStream(zip.getEntry(name));
    }

    // ---- the proof of one case

    private static String proof(String json, String pinned) {
        Map<?, ?> proof = (Map<?, ?>) Json.parse(json);
        require("habeas-proof/1".equals(proof.get("format")), "this is no habeas-proof/1");
        Key key = Key.parse((String) proof.get("public_key"));
        require(pinned == null || Key.parse(pinned).equals(key), "this was signed by another key than the one given");
        Note head = Note.parse(((String) proof.get("checkpoint")).getBytes(StandardCharsets.UTF_8));
        require(head.signedBy(key) && head.origin.equals(key.name), "the head is not signed by public_key");
        Set<Object> subjects = new HashSet<>();
        Set<Object> indexes = new HashSet<>();
        List<?> entries = (List<?>) proof.get("entries");
        for (Object one : entries) {
            Map<?, ?> entry = (Map<?, ?>) one;
            String line = (String) entry.get("entry");
            long index = ((BigInteger) entry.get("index")).longValueExact();
            byte[] hash = hash(new byte[] {0}, line.getBytes(StandardCharsets.UTF_8));
            require(
                    Arrays.equals(root(index, head.size, hash, (List<?>) entry.get("path")), head.root),
                    "entry " + index + " is not under the signed head");
            require(indexes.add(index), "entry " + index + " is there twice");
            subjects.add(((Map<?, ?>) Json.parse(line)).get("subject"));
        }
        require(subjects.size() <= 1 && !subjects.contains(null), "the entries are of several cases");
        return entries.size() + " entries are under the signed head of " + head.size;
    }

    /** RFC 9162 section 2.1.3.2. */
    private static byte[] root(long index, long size, byte[] leaf, List<?> path) {
        require(index >= 0 && index < size, "entry " + index + " is not among " + size);
        long fn = index;
        long sn = size - 1;
        byte[] hash = leaf;
        for (Object step : path) {
            byte[] other = base64((String) step);
            require(sn != 0, "the proof of entry " + index + " is too long");
            if ((fn & 1) == 1 || fn == sn) {
                hash = hash(new byte[] {1}, other, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = hash(new byte[] {1}, hash, other);
            }
            fn >>= 1;
            sn >>= 1;
        }
        require(sn == 0, "the proof of entry " + index + " is too short");
        return hash;
    }

    // ---- keys and notes

    /** A verifier key: NAME+ID+KEY. The key itself may have a plus too. */
    private record Key(String name, String id, String raw) {
        static Key parse(String text) {
            String[] parts = text.strip().split("\\+", 3);
            require(parts.length == 3, "this is no verifier key: " + text);
            byte[] bytes = base64(parts[2]);
            require(bytes.length == 33 && bytes[0] == 1, "this is no Ed25519 key: " + text);
            byte[] digest = hash((parts[0] + "\n").getBytes(StandardCharsets.UTF_8), bytes);
            String id = HexFormat.of().formatHex(digest, 0, 4);
            require(id.equals(parts[1]), "the id of the key is " + id + ", not " + parts[1]);
            return new Key(parts[0], id, HexFormat.of().formatHex(bytes, 1, 33));
        }

        boolean signed(byte[] text, byte[] signature) {
            try {
                byte[] der = HexFormat.of().parseHex("302a300506032b6570032100" + raw);
                Signature ed25519 = Signature.getInstance("Ed25519");
                ed25519.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
                ed25519.update(text);
                return ed25519.verify(signature);
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }

    /** A signed checkpoint; signatures by "NAME ID". */
    private record Note(byte[] text, String origin, long size, byte[] root, Map<String, byte[]> signatures) {
        static Note parse(byte[] bytes) {
            String note = Verify.text(bytes);
            int end = note.indexOf("\n\n");
            require(end > 0 && note.endsWith("\n"), "a signed head is damaged");
            String[] lines = note.substring(0, end).split("\n", -1);
            require(lines.length == 3 && lines[1].matches("0|[1-9][0-9]{0,17}"), "a signed head is damaged");
            byte[] root = base64(lines[2]);
            require(root.length == 32, "a signed head is damaged");
            Map<String, byte[]> signatures = new LinkedHashMap<>();
            for (String line : note.substring(end + 2, note.length() - 1).split("\n", -1)) {
                String[] parts = line.split(" ", -1);
                require(parts.length == 3 && parts[0].equals("\u2014"), "a signature line is damaged");
                byte[] all = base64(parts[2]);
                require(all.length > 4, "a signature line is damaged");
                signatures.put(
                        parts[1] + " " + HexFormat.of().formatHex(all, 0, 4), Arrays.copyOfRange(all, 4, all.length));
            }
            byte[] text = note.substring(0, end + 1).getBytes(StandardCharsets.UTF_8);
            return new Note(text, lines[0], Long.parseLong(lines[1]), root, signatures);
        }

        boolean signedBy(Key key) {
            byte[] signature = signatures.get(key.name + " " + key.id);
            if (signature == null) {
                return false;
            }
            require(key.signed(text, signature), "a signature of key " + key.id + " is not over this head of " + size);
            return true;
        }
    }

    // ---- small things

    private static void require(boolean so, String otherwise) {
        if (!so) {
            throw new Wrong(otherwise);
        }
    }

    private static byte[] hash(byte[]... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha256.update(part);
            }
            return sha256.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Only the one form in which these bytes can be written. */
    private static byte[] base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            require(Base64.getEncoder().encodeToString(bytes).equals(text), "this is no clean Base64: " + text);
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new Wrong("this is no Base64: " + text);
        }
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Wrong("this is no UTF-8");
        }
    }

    /** As much of RFC 8259 as there is here: objects, arrays, strings, whole numbers, truth values, null. */
    private static final class Json {
        private final String text;
        private int at;

        private Json(String text) {
            this.text = text;
        }

        static Object parse(String text) {
            Json json = new Json(text);
            Object value = json.value();
            require(json.peek() == 0, "this is no JSON: " + text);
            return value;
        }

        private Object value() {
            return switch (peek()) {
                case '{' -> object();
                case '[' -> array();
                case '"' -> string();
                default -> word();
            };
        }

        private Map<String, Object> object() {
            Map<String, Object> fields = new LinkedHashMap<>();
            take('{');
            while (peek() != '}') {
                if (!fields.isEmpty()) {
                    take(',');
                }
                String name = string();
                take(':');
                require(!fields.containsKey(name), "two fields are named " + name);
                fields.put(name, value());
            }
            take('}');
            return fields;
        }

        private List<Object> array() {
            List<Object> items = new ArrayList<>();
            take('[');
            while (peek() != ']') {
                if (!items.isEmpty()) {
                    take(',');
                }
                items.add(value());
            }
            take(']');
            return items;
        }

        private String string() {
            take('"');
            StringBuilder string = new StringBuilder();
            for (char one = next(); one != '"'; one = next()) {
                string.append(one == '\\' ? escaped() : one);
            }
            return string.toString();
        }

        private char escaped() {
            char one = next();
            if (one == 'u') {
                at += 4;
                require(at <= text.length(), "this is no JSON: " + text);
                return (char) HexFormat.fromHexDigits(text, at - 4, at);
            }
            int plain = "bfnrt".indexOf(one);
            return plain < 0 ? one : "\b\f\n\r\t".charAt(plain);
        }

        private Object word() {
            int from = at;
            while (at < text.length() && ",]} \n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String word = text.substring(from, at);
            return switch (word) {
                case "null" -> null;
                case "true" -> true;
                case "false" -> false;
                default -> {
                    require(word.matches("-?[0-9]+"), "this is no JSON: " + text);
                    yield new BigInteger(word);
                }
            };
        }

        private char peek() {
            while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return at < text.length() ? text.charAt(at) : 0;
        }

        private void take(char wanted) {
            require(peek() == wanted, "this is no JSON: " + text);
            at++;
        }

        private char next() {
            require(at < text.length(), "this is no JSON: " + text);
            return text.charAt(at++);
        }
    }
}

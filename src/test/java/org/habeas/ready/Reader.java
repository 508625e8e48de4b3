package org.habeas.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.habeas.Main;
import org.habeas.testing.TestDatabases;
import picocli.CommandLine;

/**
 * Somebody who types what a page of the documentation says, at a portal that runs, and compares: {@code curl}, {@code habeas}
 * and {@code psql}. Words in capitals are filled in from what was answered before, and the code from the mail.
 */
final class Reader {
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|(\\S+)");
    private static final Pattern EMAIL = Pattern.compile("\"email\": ?\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final byte[] PDF = "%PDF-1.7 I let my daughter ask".getBytes(StandardCharsets.US_ASCII);

    private final Caller nobody;
    private final String shop;
    private final Path folder;
    private final Map<String, String> known = new HashMap<>(Map.of("PASSWORD", "test"));
    private String email = "";
    private String filed = "";

    /** {@code shop} is the database of the worked example, {@code folder} where the reader is. */
    Reader(Caller nobody, String shop, Path folder) {
        this.nobody = nobody;
        this.shop = shop;
        this.folder = folder;
    }

    void follows(Document page) {
        assertTrue(!page.steps().isEmpty(), page.path() + " shows nothing to type");
        page.steps().forEach(step -> types(page.path() + ": " + step.command(), step));
    }

    private void types(String where, Document.Step step) {
        List<String> words = words(step.command());
        words.removeIf(word -> word.matches("[A-Z_]+=.*"));
        String program = words.remove(0);
        if (program.equals("curl")
                && !words.contains("-d")
                && !words.contains("--data-binary")
                && !words.contains("-X")) {
            Waiting.until(where, PATIENCE, () -> {
                String why = Shown.difference(step.shown(), curl(where, words));
                if (!why.isEmpty()) {
                    throw new IllegalStateException(why);
                }
                return true;
            });
        } else {
            String real =
                    switch (program) {
                        case "curl" -> curl(where, words);
                        case "habeas" -> habeas(words);
                        case "psql" -> psql(words.get(words.size() - 1));
                        default -> throw new AssertionError("nobody knows how to run " + where);
                    };
            assertEquals("", Shown.difference(step.shown(), real), where);
        }
    }

    private String curl(String where, List<String> words) {
        String address = "";
        String method = "";
        BodyPublisher body = null;
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-s" -> {}
                case "-X" -> method = words.get(++i);
                case "-u" -> headers.put("Authorization", "Basic " + basic(filled(words.get(++i))));
                case "-H" -> {
                    String[] header = filled(words.get(++i)).split(": ", 2);
                    headers.put(header[0], header[1]);
                }
                case "-d" -> body = BodyPublishers.ofString(body(words.get(++i)));
                case "--data-binary" -> {
                    body = BodyPublishers.ofByteArray(PDF);
                    i++;
                }
                default -> address = filled(words.get(i));
            }
        }
        String path = address.replaceFirst("http://[^/]+", "");
        String verb = method.isEmpty() ? body == null ? "GET" : "POST" : method;
        BodyPublisher sent = body == null ? BodyPublishers.noBody() : body;
        Caller.Answer answer = nobody.send(path, request -> {
            headers.forEach(request::header);
            return request.method(verb, sent);
        });
        assertTrue(answer.status() >= 200 && answer.status() < 400, where + " -> " + answer);
        learn(answer);
        return answer.body();
    }

    private void learn(Caller.Answer answer) {
        if (answer.type().startsWith("application/json") && answer.body().startsWith("{")) {
            JsonNode json = answer.json();
            for (String name : List.of("reference", "passphrase", "digest", "id")) {
                if (json.hasNonNull(name)) {
                    known.put(name.toUpperCase(Locale.ROOT), json.get(name).asText());
                }
            }
            if (json.has("passphrase")) {
                filed = json.get("reference").asText();
            }
        }
    }

    private String body(String typed) {
        Matcher address = EMAIL.matcher(typed);
        if (typed.contains("identifiers") && address.find()) {
            email = address.group(1);
        }
        return filled(typed.contains("\"123456\"") ? typed.replace("123456", code()) : typed);
    }

    /** The newest code that came to whoever asked last. */
    private String code() {
        List<String> found = new ArrayList<>();
        Waiting.until("a code for " + filed, PATIENCE, () -> {
            JsonNode mails = nobody.staff("admin")
                    .get("/api/v1/outbox?to=" + email)
                    .json()
                    .path("items");
            String newest = "";
            for (JsonNode mail : mails) {
                Matcher code = CODE.matcher(mail.path("text").asText());
                if (mail.path("at").asText().compareTo(newest) > 0 && code.find()) {
                    newest = mail.path("at").asText();
                    found.add(code.group());
                }
            }
            return !found.isEmpty();
        });
        return found.get(found.size() - 1);
    }

    private String filled(String typed) {
        String filled = typed;
        for (var word : known.entrySet()) {
            filled = filled.replaceAll("\\b" + word.getKey() + "\\b", word.getValue());
        }
        return filled;
    }

    private String habeas(List<String> words) {
        List<String> arguments = new ArrayList<>(words);
        int into = arguments.indexOf(">");
        Path file = into < 0 ? null : folder.resolve(arguments.get(into + 1));
        if (into >= 0) {
            arguments.subList(into, into + 2).clear();
        }
        int account = arguments.indexOf("--username");
        if (account >= 0) {
            arguments.subList(account, account + 2).clear();
            arguments.set(
                    arguments.indexOf("--url") + 1,
                    shop.replaceAll("\\?.*", "") + "?user=habeas_connector&password=CHANGE-ME");
        }
        StringWriter out = new StringWriter();
        // where no variable of the environment has the name, a system property counts
        System.setProperty("SHOP_URL", shop.replaceAll("\\?.*", ""));
        System.setProperty("SHOP_PASSWORD", "CHANGE-ME");
        int code = new CommandLine(new Main()).setOut(new PrintWriter(out)).execute(arguments.toArray(String[]::new));
        assertEquals(0, code, arguments + " prints " + out);
        try {
            if (file != null) {
                Files.writeString(file, out.toString());
                return "";
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private String psql(String query) {
        StringBuilder table = new StringBuilder();
        try (Connection connection = TestDatabases.connect(shop);
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    cells.add(rows.getString(i) == null ? "" : rows.getString(i));
                }
                table.append(String.join("|", cells)).append('\n');
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return table.toString();
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
        }
        return words;
    }

    private static String basic(String account) {
        return Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
    }
}

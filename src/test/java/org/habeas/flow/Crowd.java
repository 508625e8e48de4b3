package org.habeas.flow;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many people at one domain: their mail server keeps a list of what arrived, a line a mail. */
final class Crowd {
    static final String DOMAIN = "@many.example";
    static final String MAILBOX = "many@example.org";

    /** The system property that names the list. */
    static final String LIST = "flow.crowd";

    private static final Pattern LINK = Pattern.compile("https?://[^/\\s]+(/choice/[0-9A-Z]+)");

    private Crowd() {}

    /** A mail as it arrived; {@code choice} is the path of the link in it. */
    record Arrived(String to, String messageId, String choice) {}

    static Path begin() {
        try {
            return Files.createTempFile(Files.createDirectories(Path.of("target")), "crowd", ".txt")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void note(String to, MimeMessage message) {
        try {
            String line = String.join(
                    "\t",
                    to,
                    message.getHeader("Message-ID")[0],
                    choiceIn(message.getContent().toString()));
            Files.writeString(Path.of(System.getProperty(LIST)), line + "\n", StandardOpenOption.APPEND);
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String choiceIn(String text) {
        Matcher link = LINK.matcher(text);
        if (!link.find()) {
            throw new AssertionError("no link in " + text);
        }
        return link.group(1);
    }

    static List<Arrived> all() {
        try {
            return Files.readString(Path.of(System.getProperty(LIST)))
                    .lines()
                    .map(line -> line.split("\t"))
                    .filter(parts -> parts.length == 3)
                    .map(parts -> new Arrived(parts[0], parts[1], parts[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By whom it was for; two mails to one are an error unless they are the same one. */
    static Map<String, Arrived> byPerson(List<Arrived> all) {
        Map<String, Arrived> people = new LinkedHashMap<>();
        for (Arrived mail : all) {
            Arrived before = people.putIfAbsent(mail.to(), mail);
            if (before != null && !before.messageId().equals(mail.messageId())) {
                throw new AssertionError("two mails to " + mail.to());
            }
        }
        return people;
    }
}

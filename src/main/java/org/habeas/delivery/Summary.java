package org.habeas.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.habeas.datamap.Organisation;
import org.habeas.fulfilment.Findings.FoundSystem;
import org.habeas.fulfilment.Redacted.Redaction;
import org.habeas.fulfilment.SystemStatus;
import org.habeas.law.Grounds;
import org.habeas.words.Words;

/**
 * {@code summary.html}: all that Article 15(1) and (2) ask for, then the data in words, in the person's language. One file
 * without script or picture; it asks no network for anything.
 */
final class Summary {
    private final Contents contents;
    private final Words words;
    private final Organisation organisation;

    Summary(Contents contents) {
        this.contents = contents;
        this.words = contents.words();
        this.organisation = contents.map().organisation();
    }

    void writeTo(OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        Html html = new Html(writer);
        try {
            head(html);
            inShort(html);
            SystemsPart systems = new SystemsPart(contents);
            systems.writeTo(html);
            new PolicyPart(contents).writeTo(html);
            rights(html);
            new DataPart(contents).writeTo(html);
            files(html);
            html.raw("</main>\n</body>\n</html>\n");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        writer.flush();
    }

    private void head(Html html) {
        String title = words.say("summary_title");
        html.raw("<!doctype html>\n<html lang=\"" + words.language() + "\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<meta http-equiv=\"Content-Security-Policy\""
                        + " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
                .raw(
                        "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n")
                .element("title", title + " – " + contents.company())
                .raw("<style>\n" + style() + "</style>\n</head>\n<body>\n<main>\n")
                .element("h1", title)
                .paragraph(words.say(
                        "summary_lead", contents.company(), contents.reference().text(), contents.generatedAt()));
    }

    private void inShort(Html html) {
        html.heading(2, "short", words.say("summary_short"));
        html.paragraph(
                contents.rowsFound() == 0
                        ? words.say("summary_found_nothing", contents.systems().size())
                        : words.say(
                                "summary_found",
                                contents.rowsFound(),
                                contents.holding().size(),
                                contents.systems().size()));
        html.raw("<table>\n<thead><tr>")
                .element("th scope=\"col\"", words.say("summary_system"))
                .element("th scope=\"col\"", words.say("summary_result"))
                .raw("</tr></thead>\n<tbody>\n");
        for (FoundSystem system : contents.systems()) {
            html.open("tr")
                    .element("th scope=\"row\"", contents.title(system))
                    .element("td", result(system))
                    .close("tr");
        }
        html.raw("</tbody>\n</table>\n");
        hidden(html);
        contents(html);
    }

    private String result(FoundSystem system) {
        if (system.rows() > 0) {
            return words.say("summary_result_found", system.rows());
        }
        return words.say(
                system.status() == SystemStatus.NONE || system.status() == SystemStatus.FOUND
                        ? "summary_result_none"
                        : "summary_result_left_out");
    }

    /** What is hidden because it concerns others, by ground (Article 15(4)). */
    private void hidden(Html html) {
        if (contents.hidden().isEmpty()) {
            return;
        }
        Map<String, Long> byGround = contents.hidden().stream()
                .collect(Collectors.groupingBy(Redaction::ground, TreeMap::new, Collectors.counting()));
        html.paragraph(words.say("summary_hidden"));
        html.list(byGround.entrySet().stream()
                .map(e -> words.say("summary_hidden_ground", e.getValue(), ground(e.getKey())))
                .toList());
    }

    private String ground(String code) {
        return Grounds.named(code)
                .map(g -> g.title(words.language()) + " (" + g.citation() + ")")
                .orElse(code);
    }

    private void contents(Html html) {
        html.raw("<nav aria-label=\"" + Html.escaped(words.say("summary_contents")) + "\"><ul>\n");
        for (String part : List.of("systems", "policy", "rights", "data", "files")) {
            html.raw("<li><a href=\"#" + part + "\">")
                    .text(words.say("summary_part_" + part))
                    .raw("</a></li>\n");
        }
        html.raw("</ul></nav>\n");
    }

    /** Article 15(1)(e), (f) and (h), and how to use them. */
    private void rights(Html html) {
        html.heading(2, "rights", words.say("summary_part_rights"));
        html.list(List.of(
                words.say("summary_right_correction"),
                words.say("summary_right_erasure"),
                words.say("summary_right_restriction"),
                words.say("summary_right_objection"),
                words.say("summary_right_portability"),
                words.say("summary_right_withdrawal"),
                words.say("summary_right_human_review")));
        html.paragraph(words.say("summary_rights_how", contents.portal()));
        html.paragraph(words.say("summary_complaint", authority()));
        html.paragraph(words.say("summary_contact", reach()));
    }

    private String authority() {
        Organisation.Authority authority = organisation.authority();
        return joined(Stream.of(authority.name()), authority.postalAddress().stream(), authority.website().stream());
    }

    private String reach() {
        Stream<String> officer = organisation.dataProtectionOfficer().stream()
                .map(o -> words.say(
                        "summary_officer", joined(Stream.of(o.name()), o.email().stream(), o.phone().stream())));
        return joined(
                Stream.of(contents.company(), organisation.contact()), organisation.postalAddress().stream(), officer);
    }

    private static String joined(Stream<String> first, Stream<String> second, Stream<String> third) {
        return Stream.of(first, second, third).flatMap(s -> s).distinct().collect(Collectors.joining(", "));
    }

    private void files(Html html) {
        html.heading(2, "files", words.say("summary_part_files"));
        html.list(List.of(
                words.say("summary_file_data"), words.say("summary_file_csv"), words.say("summary_file_manifest")));
    }

    private static String style() {
        try (InputStream in = Summary.class.getResourceAsStream("/delivery/summary.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

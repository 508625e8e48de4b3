package org.habeas.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import java.io.IOException;
import java.net.MalformedURLException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.habeas.faults.Asked;
import org.habeas.faults.Calls;
import org.habeas.faults.Portals;
import org.habeas.testing.Bookshop;
import org.habeas.testing.Chromium;
import org.habeas.testing.PortalProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The owner of an archive kept by hand, who has no account: a mail, a link, a code, an answer, each once. */
@Tag("faults")
class OwnerPagesTest {
    private static final String OWNER = "archive@fjordbooks.example";
    private static final Pattern LINK = Pattern.compile("/task/([A-Z0-9]+)");
    private static final Pattern CODE = Pattern.compile("\\b(\\d{6})\\b");

    private final Portals portals = new Portals(map());
    private final PortalProcess portal = portals.start();
    private final Calls calls = new Calls(portal);
    private final Chromium chromium = Chromium.start();

    @AfterEach
    void stop() {
        chromium.close();
        portal.close();
    }

    /** Fjord Books, and an archive of paper beside it. */
    private static Path map() {
        Path map = new Bookshop().map();
        try {
            Files.writeString(
                    map.resolve("systems.yml"),
                    "\n  - {name: archive, title: The archive, kind: manual, owner: " + OWNER + "}\n",
                    StandardOpenOption.APPEND);
            Files.writeString(
                    map.resolve("archive.yml"),
                    """
                    dataset:
                      - fides_key: archive
                        name: The archive
                        collections:
                          - name: folder
                            fields:
                              - {name: id, fides_meta: {primary_key: true}}
                              - {name: note, data_categories: [user.content]}
                    """);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return map;
    }

    @Test
    void theOwnerLooksThenErases() throws MalformedURLException {
        Asked ada = Asked.proven(portals, calls, "erasure", Bookshop.DAG);
        String look = link(0);
        Screen owner =
                new Screen(chromium, portal.address().toURL(), new Browser.NewContextOptions().setLocale("nb-NO"));
        owner.goes("/task/" + look);
        owner.stands("owner-start");
        owner.presses("main form button");
        owner.page.fill("#code", "000000");
        owner.presses("main form button");
        owner.stands("owner-code-wrong");
        owner.page.fill("#code", code(1));
        owner.presses("main form button");
        owner.stands("owner-look");
        String task = owner.page.locator("main").innerText();
        assertTrue(task.contains(Bookshop.DAG) && task.contains("The archive"), task);
        owner.page.check("[name=found][value=yes]");
        owner.page.fill("#collection", "folder");
        owner.page.fill("#rows", "id,note\n7,one,two\n");
        owner.presses("main form[enctype] button");
        owner.stands("owner-look-wrong");
        assertTrue(owner.page.isChecked("[name=found][value=yes]"), "nothing has to be typed again");
        assertEquals("folder", owner.page.inputValue("#collection"));
        assertEquals("id,note\n7,one,two\n", owner.page.inputValue("#rows"));
        owner.page.fill("#rows", "id,note\n7,a letter\n8,another\n");
        owner.presses("main form[enctype] button");
        owner.stands("owner-thanks");
        owner.goes("/task/" + look);
        owner.stands("owner-gone");

        ada.comesTo("REVIEW", 60);
        JsonNode findings = calls.asOfficer("officer", "GET", "/api/v1/cases/" + ada.reference + "/findings", null);
        JsonNode archive = null;
        for (JsonNode system : findings.get("systems")) {
            archive = system.get("system").asText().equals("archive") ? system : archive;
        }
        assertEquals("found", archive.get("status").asText());
        assertEquals(2, archive.at("/collections/0/rows").asInt());
        ada.approved(calls, calls);

        owner.goes("/task/" + link(1));
        owner.presses("main form button");
        owner.page.fill("#code", code(2));
        owner.presses("main form button");
        owner.stands("owner-do");
        assertFalse(ada.state().equals("CLOSED"));
        owner.presses("main form[enctype] button");
        owner.close();
        // what waits for the owner is looked at once a minute
        ada.comesTo("CLOSED", 120);
        assertEquals(
                List.of("DONE 2"),
                ada.read("select state || ' ' || sum(rows) from execution_step where request_id = $id"
                        + " and system = 'archive' group by state"));
    }

    /** The token of the owner's link number {@code n}. */
    private String link(int n) {
        return waited(LINK, n);
    }

    private String code(int n) {
        return waited(CODE, n - 1);
    }

    private String waited(Pattern pattern, int n) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < end) {
            java.util.SortedMap<String, String> byTime = new java.util.TreeMap<>();
            for (JsonNode mail : calls.asOfficer("admin", "GET", "/api/v1/outbox?to=" + OWNER, null)
                    .get("items")) {
                Matcher found = pattern.matcher(mail.get("text").asText());
                if (found.find()) {
                    byTime.put(mail.get("at").asText(), found.group(1));
                }
            }
            if (byTime.size() > n) {
                return List.copyOf(byTime.values()).get(n);
            }
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException("no such mail came: " + Map.of("pattern", pattern, "n", n));
    }
}

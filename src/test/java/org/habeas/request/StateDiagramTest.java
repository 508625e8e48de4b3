package org.habeas.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.habeas.actor.Actor;
import org.habeas.law.Right;
import org.habeas.problem.NotPossible;
import org.junit.jupiter.api.Test;

/**
 * Draws the state machine by trying every command in every state, and holds the picture in docs/glossary.md to it. Run with
 * {@code -Dhabeas.draw=true} to draw it anew.
 */
class StateDiagramTest {
    private static final Instant NOW = Instant.parse("2026-11-25T08:12:00Z");
    private static final Actor FIRST = Actor.officer("officer");
    private static final Actor SECOND = Actor.officer("officer2");
    private static final Actor PERSON = Actor.person("H-7K3Q-9M2X-4T");
    private static final Path PAGE = Path.of("docs", "glossary.md");

    private static final Map<String, Consumer<RightsRequest>> COMMANDS = commands();

    /** How to get to each state. */
    private static final Map<State, List<String>> WAYS = Map.of(
            State.UNVERIFIED, List.of(),
            State.OPEN, List.of("identity proven"),
            State.WAITING, List.of("identity proven", "person asked"),
            State.REVIEW, List.of("identity proven", "searched"),
            State.APPROVAL, List.of("identity proven", "searched", "decided, needs two"),
            State.EXECUTING, List.of("identity proven", "searched", "decided, one is enough"),
            State.CLOSED, List.of("withdrawn"));

    @Test
    void thePictureInTheGlossaryIsTrue() throws IOException {
        String page = Files.readString(PAGE);
        String drawn = page.replaceFirst(
                "(?s)```mermaid\n.*?```", java.util.regex.Matcher.quoteReplacement("```mermaid\n" + diagram() + "```"));
        if (Boolean.getBoolean("habeas.draw")) {
            Files.writeString(PAGE, drawn);
        }
        assertEquals(drawn, page, "draw it anew with -Dhabeas.draw=true");
    }

    private static String diagram() {
        StringBuilder text = new StringBuilder("stateDiagram-v2\n    [*] --> unverified: received\n");
        for (State from : State.values()) {
            Map<State, Set<String>> arrows = new TreeMap<>();
            COMMANDS.forEach((name, command) -> {
                RightsRequest request = in(from);
                try {
                    command.accept(request);
                } catch (NotPossible e) {
                    return;
                }
                if (request.state() != from) {
                    arrows.computeIfAbsent(request.state(), s -> new TreeSet<>())
                            .add(name);
                }
            });
            text.append(arrows.entrySet().stream()
                    .map(a -> "    " + from.code() + " --> " + a.getKey().code() + ": "
                            + String.join(" / ", a.getValue()) + "\n")
                    .collect(Collectors.joining()));
        }
        return text.append("    closed --> [*]\n").toString();
    }

    private static RightsRequest in(State state) {
        RightsRequest request = RightsRequest.received(
                new Receipt(
                        Right.ACCESS,
                        "nordlys-retail",
                        "gdpr-no",
                        Channel.PORTAL,
                        "en",
                        NOW,
                        LocalDate.parse("2026-11-25"),
                        List.of(),
                        new Particulars(null, null, List.of())),
                UUID.randomUUID());
        WAYS.get(state).forEach(step -> COMMANDS.get(step).accept(request));
        assertEquals(state, request.state());
        return request;
    }

    private static Map<String, Consumer<RightsRequest>> commands() {
        Map<String, Consumer<RightsRequest>> commands = new LinkedHashMap<>();
        commands.put("identity proven", r -> r.verify(PERSON, "code", NOW));
        commands.put("person asked", r -> r.ask(FIRST));
        commands.put("person answered", r -> r.answered(PERSON));
        commands.put("searched", r -> r.searched(Actor.system("search"), 1, 1));
        commands.put("decided, one is enough", r -> r.decide(FIRST, Answer.FULFIL, null, null, false, NOW));
        commands.put("decided, needs two", r -> r.decide(FIRST, Answer.FULFIL, null, null, true, NOW));
        commands.put("nobody can be identified", r -> r.decide(FIRST, Answer.REFUSE, "art-12-2", null, true, NOW));
        commands.put("approved", r -> r.approve(SECOND, null, NOW));
        commands.put("not approved", r -> r.reject(SECOND));
        commands.put("plan no longer fits", r -> r.sendBack(Actor.system("execution"), "plan-changed"));
        commands.put("done", r -> r.complete(Actor.system("execution"), 0, 0, 0, NOW));
        commands.put("withdrawn", r -> r.withdraw(PERSON, NOW));
        commands.put("abandoned", r -> r.abandon(Actor.system("own-records"), NOW));
        commands.put("duplicate", r -> r.duplicate(FIRST, NOW));
        return commands;
    }
}

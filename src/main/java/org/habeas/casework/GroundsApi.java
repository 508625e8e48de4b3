package org.habeas.casework;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.actor.Roles;
import org.habeas.datamap.DataMap;
import org.habeas.law.Ground;
import org.habeas.law.Grounds;
import org.habeas.law.Regimes;
import org.habeas.law.Right;
import org.habeas.problem.Invalid;
import org.habeas.words.CurrentWords;

/** The grounds on which a decision may rest (contract section 6); what is left out does not narrow the list. */
@Path("/api/v1/grounds")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.OFFICER)
@Tag(name = "Decisions")
class GroundsApi {
    private static final List<String> OUTCOMES = List.of("fulfil", "refuse", "partly", "keep", "fee");

    record Item(String code, String citation, String title, List<String> checklist) {}

    record Items(List<Item> items) {}

    private final DataMap map;
    private final CurrentWords words;

    GroundsApi(DataMap map, CurrentWords words) {
        this.map = map;
        this.words = words;
    }

    @GET
    public Items list(
            @QueryParam("right") String right,
            @QueryParam("outcome") String outcome,
            @QueryParam("regime") String regime) {
        String law = given(regime) ? regime : map.organisation().regime();
        if (!Regimes.known(law)) {
            throw Invalid.field("regime", "queue_problem_one_of(" + String.join(" | ", Regimes.ids()) + ")");
        }
        List<Item> items = rights(right)
                .flatMap(r -> outcomes(outcome).flatMap(o -> Grounds.allowed(r, o, law).stream()))
                .distinct()
                .map(this::item)
                .toList();
        return new Items(items);
    }

    private Item item(Ground ground) {
        return new Item(ground.code(), ground.citation(), ground.title(words.language()), ground.checklist());
    }

    private static Stream<Right> rights(String code) {
        return given(code)
                ? Stream.of(Right.of(code)
                        .orElseThrow(() -> Invalid.field(
                                "right", "intake_right(" + Right.codes().replace(", ", " | ") + ")")))
                : Arrays.stream(Right.values());
    }

    private static Stream<String> outcomes(String outcome) {
        if (given(outcome) && !OUTCOMES.contains(outcome)) {
            throw Invalid.field("outcome", "queue_problem_one_of(" + String.join(" | ", OUTCOMES) + ")");
        }
        return given(outcome) ? Stream.of(outcome) : OUTCOMES.stream().filter(o -> !o.equals("fee"));
    }

    private static boolean given(String text) {
        return text != null && !text.isBlank();
    }
}

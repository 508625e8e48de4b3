package org.habeas.casework;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.datamap.DataMap;
import org.habeas.fulfilment.Findings;
import org.habeas.law.Grounds;
import org.habeas.problem.Invalid;
import org.habeas.request.Reference;
import org.habeas.words.CurrentWords;
import org.jspecify.annotations.Nullable;

/** What was found, on the officer's screen: systems, rows, what is hidden, what was answered by hand or left out. */
@Path("/cases/{reference}")
@RolesAllowed(Roles.OFFICER)
@Blocking
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class ReviewPages {
    private static final int ROWS = 20;

    @CheckedTemplate(basePath = "casework", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance findings(CasePage page, Invalid errors, List<Findings.FoundSystem> systems);

        static native TemplateInstance rows(
                CasePage page,
                Invalid errors,
                String system,
                String collection,
                String after,
                List<ShownRow> rows,
                List<Choice> grounds,
                @Nullable String next);
    }

    /** A row on the page, value by value. */
    public record ShownRow(String row, boolean shared, boolean hidden, List<Cell> cells) {
        /** A value, and in {@code seen} what the person sees of it where a part is hidden. */
        public record Cell(String field, String value, boolean hidden, Optional<String> seen) {}

        static ShownRow of(Findings.FoundRow row, Review.Rows page) {
            Set<String> hidden = page.redacted().hiddenFields(row);
            var visible = page.redacted().visible(row);
            return new ShownRow(
                    row.row(),
                    row.shared(),
                    page.redacted().hides(row),
                    row.values().entrySet().stream()
                            .map(v -> new Cell(
                                    v.getKey(),
                                    v.getValue() == null ? "–" : v.getValue().toString(),
                                    hidden.contains(v.getKey()),
                                    page.redacted().parts(row, v.getKey()).isEmpty()
                                            ? Optional.empty()
                                            : Optional.ofNullable(visible.get(v.getKey()))
                                                    .map(Object::toString)))
                            .toList());
        }
    }

    private final Review review;
    private final CaseFiles files;
    private final DataMap map;
    private final ObjectMapper json;
    private final CurrentActor actor;
    private final CurrentWords words;

    ReviewPages(
            Review review, CaseFiles files, DataMap map, ObjectMapper json, CurrentActor actor, CurrentWords words) {
        this.review = review;
        this.files = files;
        this.map = map;
        this.json = json;
        this.actor = actor;
        this.words = words;
    }

    @GET
    @Consumes(MediaType.WILDCARD)
    public TemplateInstance findings(@PathParam("reference") String reference, @QueryParam("said") String said) {
        return findings(reference, said, Invalid.nothing());
    }

    @GET
    @Path("findings/{system}/{collection}")
    @Consumes(MediaType.WILDCARD)
    public TemplateInstance rows(
            @PathParam("reference") String reference,
            @PathParam("system") String system,
            @PathParam("collection") String collection,
            @QueryParam("after") String after) {
        return rows(reference, system, collection, after, Invalid.nothing());
    }

    private TemplateInstance rows(
            String reference, String system, String collection, @Nullable String after, Invalid errors) {
        CasePage page = page(reference, null);
        Optional<String> from = Optional.ofNullable(after).filter(a -> !a.isBlank());
        Review.Rows rows = review.rows(Reference.required(reference), system, collection, from, ROWS);
        List<Choice> grounds = Grounds.allowed(
                        page.getFile().right(), "keep", page.getFile().regime())
                .stream()
                .map(g -> new Choice(g.code(), page.groundTitle(g.code())))
                .toList();
        return Templates.rows(
                page,
                errors,
                system,
                collection,
                from.orElse(""),
                rows.items().stream().map(r -> ShownRow.of(r, rows)).toList(),
                grounds,
                rows.next()
                        .map(n -> page.rowsUrl(system, collection) + "?after=" + Urls.segment(n))
                        .orElse(null));
    }

    @POST
    @Path("redactions")
    public Response redact(
            @PathParam("reference") String reference,
            @FormParam("system") String system,
            @FormParam("collection") String collection,
            @FormParam("row") String row,
            @FormParam("field") String field,
            @FormParam("part") String part,
            @FormParam("ground") String ground,
            @FormParam("after") String after) {
        try {
            review.redact(Reference.required(reference), system, collection, row, field, part, ground, actor.officer());
        } catch (Invalid e) {
            return Response.status(422)
                    .entity(rows(reference, system, collection, after, e))
                    .build();
        }
        String from = after == null || after.isBlank() ? "" : "?after=" + Urls.segment(after);
        return see(reference, "/findings/" + Urls.segment(system) + "/" + Urls.segment(collection) + from);
    }

    @POST
    @Path("waivers")
    public Response waive(
            @PathParam("reference") String reference,
            @FormParam("system") String system,
            @FormParam("reason") String reason) {
        return after(reference, "?said=waived", (of, officer) -> review.waive(of, system, reason, officer));
    }

    @POST
    @Path("answers")
    public Response answer(
            @PathParam("reference") String reference,
            @FormParam("system") String system,
            @FormParam("found") boolean found,
            @FormParam("collections") String collections) {
        return after(
                reference,
                "?said=answered",
                (of, officer) -> review.answer(of, system, found, found ? rows(collections) : null, officer));
    }

    private Response after(String reference, String then, CasePages.Command command) {
        try {
            Actor officer = actor.officer();
            command.accept(Reference.required(reference), officer);
            return see(reference, then);
        } catch (Invalid e) {
            return Response.status(422).entity(findings(reference, null, e)).build();
        }
    }

    private Response see(String reference, String part) {
        return Response.seeOther(URI.create(
                        words.link("/cases/" + Reference.required(reference).text() + part)))
                .build();
    }

    private TemplateInstance findings(String reference, @Nullable String said, Invalid errors) {
        return Templates.findings(page(reference, said), errors, review.systems(Reference.required(reference)));
    }

    private CasePage page(String reference, @Nullable String said) {
        var file = files.read(Reference.required(reference), words.words());
        return new CasePage(file, "findings", actor.officer().name(), Said.known(said), map, words.words());
    }

    private Map<String, List<Map<String, Object>>> rows(String text) {
        try {
            return json.readValue(text == null ? "" : text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw Invalid.field("collections", "problem_json");
        }
    }
}

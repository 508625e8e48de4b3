package org.habeas.history;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.problem.Invalid;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The auditor's page: whether the history is signed, what stands in it, and what can be taken out. */
@Path("/history")
@RolesAllowed(Roles.AUDITOR)
@Blocking
@Produces(MediaType.TEXT_HTML)
public class HistoryPages {
    @CheckedTemplate(basePath = "history", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance history(HistoryView page);
    }

    private final HistoryViews views;
    private final Downloads downloads;
    private final CurrentActor actor;

    HistoryPages(HistoryViews views, Downloads downloads, CurrentActor actor) {
        this.views = views;
        this.downloads = downloads;
        this.actor = actor;
    }

    @GET
    public Response search(@BeanParam HistoryQuery query) {
        HistoryView page = views.of(query, actor.as(Actor.Kind.AUDITOR));
        return Response.status(page.errors().any() ? 422 : 200)
                .entity(Templates.history(page))
                .build();
    }

    @GET
    @Path("cases")
    @Produces(MediaType.WILDCARD)
    public Response cases(
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to,
            @RestQuery @Nullable String format,
            @RestQuery @Nullable String right,
            @RestQuery @Nullable String organisation,
            @RestQuery @Nullable String outcome) {
        try {
            CaseFilter filter = CaseFilter.of(Period.of(from, to), right, organisation, outcome);
            return downloads.cases(actor.as(Actor.Kind.AUDITOR), filter, Format.of(format));
        } catch (Invalid wrong) {
            HistoryView page = views.wrong(from, to, wrong);
            return Response.status(422)
                    .type(MediaType.TEXT_HTML_TYPE)
                    .entity(Templates.history(page))
                    .build();
        }
    }

    @GET
    @Path("bundle")
    @Produces(MediaType.WILDCARD)
    public Response bundle() {
        return downloads.bundle(actor.as(Actor.Kind.AUDITOR));
    }

    @GET
    @Path("checkpoint")
    @Produces(MediaType.WILDCARD)
    public Response checkpoint() {
        var head = downloads.checkpoint(actor.as(Actor.Kind.AUDITOR));
        String name = "habeas-checkpoint-" + head.checkpoint().size() + ".txt";
        return Downloads.file(head.note().toString(), "text/plain; charset=utf-8", name);
    }

    @GET
    @Path("proof/{reference}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response proof(String reference) {
        ProofDocument proof = downloads.proof(actor.as(Actor.Kind.AUDITOR), reference);
        return Downloads.file(proof, MediaType.APPLICATION_JSON, "habeas-proof-" + proof.reference() + ".json");
    }
}

package org.habeas.retention;

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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.datamap.DataMap;
import org.habeas.pdf.Pdf;
import org.habeas.words.CurrentWords;
import org.jspecify.annotations.Nullable;

/** Retention on the officer's and the administrator's screen: what is due when, what ran, what needs a decision. */
@Path("/retention")
@RolesAllowed({Roles.OFFICER, Roles.ADMIN})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class RetentionPages {
    @CheckedTemplate(basePath = "retention", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance retention(RetentionView page);

        static native TemplateInstance run(RunView page, List<Samples.Sample> samples);

        static native TemplateInstance certificate(RunView page, String organisation);
    }

    private final Overview overview;
    private final Runs runs;
    private final Schedule schedule;
    private final Samples samples;
    private final String organisation;
    private final CurrentActor actor;
    private final CurrentWords words;

    RetentionPages(
            Overview overview,
            Runs runs,
            Schedule schedule,
            Samples samples,
            DataMap map,
            CurrentActor actor,
            CurrentWords words) {
        this.overview = overview;
        this.runs = runs;
        this.schedule = schedule;
        this.samples = samples;
        this.organisation = map.organisation().name();
        this.actor = actor;
        this.words = words;
    }

    @GET
    public TemplateInstance show() {
        return Templates.retention(overview.of(administrator(), words.words()));
    }

    @POST
    @Path("/runs")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response open(@FormParam("dry_run") @Nullable String dryRun) {
        return to(schedule.open(actor.as(Actor.Kind.ADMIN), !"false".equals(dryRun)).id);
    }

    @GET
    @Path("/runs/{id}")
    public TemplateInstance run(@PathParam("id") String id) {
        RunView view = view(id);
        return Templates.run(view, view.waits() && view.officer() ? samples.of(runs.get(view.id())) : List.of());
    }

    @GET
    @Path("/runs/{id}.pdf")
    @Produces("application/pdf")
    public Response certificate(@PathParam("id") String id) {
        RunView view = view(id);
        byte[] pdf = Pdf.of(Templates.certificate(view, organisation)
                .setAttribute(org.habeas.words.TemplateWords.ATTRIBUTE, words.words())
                .render());
        return Response.ok(pdf)
                .header("Content-Disposition", "attachment; filename=\"retention-" + view.id() + ".pdf\"")
                .build();
    }

    @POST
    @Path("/runs/{id}/release")
    @RolesAllowed(Roles.OFFICER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response release(@PathParam("id") String id) {
        runs.release(Runs.id(id), actor.officer());
        return to(Runs.id(id));
    }

    @POST
    @Path("/runs/{id}/dismissal")
    @RolesAllowed(Roles.OFFICER)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response dismiss(@PathParam("id") String id) {
        runs.dismiss(Runs.id(id), actor.officer());
        return to(Runs.id(id));
    }

    private RunView view(String id) {
        String account = actor.staff().map(Actor::name).orElse("");
        boolean officer =
                actor.staff().filter(a -> a.kind() == Actor.Kind.OFFICER).isPresent();
        return RunView.of(runs.get(Runs.id(id)), account, officer, words.words());
    }

    private boolean administrator() {
        return actor.roles().contains(Roles.ADMIN);
    }

    private Response to(UUID run) {
        return Response.seeOther(URI.create(words.link("/retention/runs/" + run)))
                .build();
    }
}

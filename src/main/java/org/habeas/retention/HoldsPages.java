package org.habeas.retention;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Links;
import org.habeas.datamap.Organisation;
import org.habeas.problem.Invalid;
import org.habeas.words.CurrentWords;

/** Legal holds on the officer's screen: what stands, a form for another one, a button to lift. */
@Path("/holds")
@RolesAllowed(Roles.OFFICER)
@Blocking
@Produces(MediaType.TEXT_HTML)
public class HoldsPages {
    @CheckedTemplate(basePath = "retention", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance holds(HoldsPage page, Invalid errors);
    }

    /** What stands, what was typed so far, and what there is to choose from. */
    public record HoldsPage(
            List<Line> holds,
            List<Kind> kinds,
            String collection,
            String organisation,
            String reason,
            String reviewOn,
            List<Option> collections,
            List<Option> companies) {}

    /** A hold, the name of the company that it holds or nothing; {@code late}: it should have been reviewed before today. */
    public record Line(Holds.Standing hold, String company, boolean late) {}

    /** A kind of identifier, the field for it, and what was typed there. */
    public record Kind(String name, String field, String value, boolean email) {}

    public record Option(String value, String label) {}

    private final Holds holds;
    private final DataMap map;
    private final Links links;
    private final Timetable timetable;
    private final CurrentActor actor;
    private final CurrentWords words;

    HoldsPages(Holds holds, DataMap map, Links links, Timetable timetable, CurrentActor actor, CurrentWords words) {
        this.holds = holds;
        this.map = map;
        this.links = links;
        this.timetable = timetable;
        this.actor = actor;
        this.words = words;
    }

    @GET
    public TemplateInstance list() {
        return page(new jakarta.ws.rs.core.MultivaluedHashMap<>(), Invalid.nothing());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response place(MultivaluedMap<String, String> form) {
        Map<String, String> identifiers = new LinkedHashMap<>();
        kinds(form).stream().filter(k -> !k.value().isBlank()).forEach(k -> identifiers.put(k.name(), k.value()));
        try {
            holds.place(
                    NewHold.of(
                            identifiers,
                            form.getFirst("collection"),
                            form.getFirst("organisation"),
                            form.getFirst("reason"),
                            form.getFirst("review_on"),
                            timetable.today()),
                    actor.officer());
            return back();
        } catch (Invalid e) {
            return Response.status(422).entity(page(form, e)).build();
        }
    }

    @POST
    @Path("{id}/lift")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response lift(@PathParam("id") String id) {
        holds.lift(Holds.id(id), actor.officer());
        return back();
    }

    private Response back() {
        return Response.seeOther(URI.create(words.link("/holds"))).build();
    }

    private TemplateInstance page(MultivaluedMap<String, String> form, Invalid errors) {
        List<Line> lines = holds.standing().stream()
                .map(h -> new Line(
                        h,
                        h.organisation().map(this::company).orElse(""),
                        h.reviewOn().isBefore(timetable.today())))
                .toList();
        return Templates.holds(
                new HoldsPage(
                        lines,
                        kinds(form),
                        typed(form, "collection"),
                        typed(form, "organisation"),
                        typed(form, "reason"),
                        typed(form, "review_on"),
                        collections(),
                        companies()),
                errors);
    }

    private String company(String id) {
        return map.organisation().company(id).map(Organisation.Company::name).orElse(id);
    }

    private List<Kind> kinds(MultivaluedMap<String, String> form) {
        TreeSet<String> names = new TreeSet<>(links.identities());
        names.remove("email");
        List<Kind> kinds = new ArrayList<>();
        kinds.add(kind("email", form));
        names.forEach(name -> kinds.add(kind(name, form)));
        return kinds;
    }

    private static Kind kind(String name, MultivaluedMap<String, String> form) {
        String field = "identifiers." + name;
        return new Kind(name.replace('_', ' '), field, typed(form, field), name.equals("email"));
    }

    private static String typed(MultivaluedMap<String, String> form, String field) {
        String value = form.getFirst(field);
        return value == null ? "" : value;
    }

    private List<Option> collections() {
        List<Option> options = new ArrayList<>();
        options.add(new Option("", words.words().say("holds_none")));
        map.datasets().forEach(d -> {
            options.add(new Option(d.key(), words.words().say("holds_all_of", d.name())));
            d.collections().forEach(c -> options.add(new Option(c.address(), c.address())));
        });
        return options;
    }

    private List<Option> companies() {
        List<Option> options = new ArrayList<>();
        options.add(new Option("", words.words().say("holds_none")));
        map.organisation().companies().forEach(c -> options.add(new Option(c.id(), c.name())));
        return options;
    }
}

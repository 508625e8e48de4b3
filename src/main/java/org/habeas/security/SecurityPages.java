package org.habeas.security;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.problem.Invalid;
import org.habeas.problem.SecurityEvent.Kind;
import org.habeas.words.CurrentWords;
import org.habeas.words.Words;

/** Where administrators see what was refused, find out whether it was somebody they know of, and give evidence away. */
@Path("/security")
@RolesAllowed(Roles.ADMIN)
@Blocking
@Produces(MediaType.TEXT_HTML)
public class SecurityPages {
    @CheckedTemplate(basePath = "security", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance events(Page page, Invalid errors);
    }

    /** The filter as the address says it. */
    public static class Asked {
        @QueryParam("kind")
        String kind;

        @QueryParam("who")
        String who;

        @QueryParam("from")
        String from;

        @QueryParam("to")
        String to;

        @QueryParam("after")
        String after;
    }

    /** What there is to see; {@code form} is what was typed so far into any of the forms. */
    public record Page(
            List<SecurityEvents.Today> today,
            List<Alarms.Alarm> alarms,
            SecurityEvents.Page events,
            List<Choice> kinds,
            MultivaluedMap<String, String> form,
            String nextUrl) {
        public String typed(String name) {
            String value = form.getFirst(name);
            return value == null ? "" : value;
        }
    }

    public record Choice(String value, String label) {}

    private final SecurityEvents events;
    private final CurrentActor actor;
    private final CurrentWords words;

    SecurityPages(SecurityEvents events, CurrentActor actor, CurrentWords words) {
        this.events = events;
        this.actor = actor;
        this.words = words;
    }

    @GET
    public Response list(@BeanParam Asked asked) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        Map.of("kind", text(asked.kind), "who", text(asked.who), "from", text(asked.from), "to", text(asked.to))
                .forEach(form::putSingle);
        try {
            EventFilter filter = EventFilter.of(asked.kind, asked.who, asked.from, asked.to);
            return Response.ok(page(filter, asked.after, form, Invalid.nothing()))
                    .build();
        } catch (Invalid e) {
            return wrong(form, e);
        }
    }

    /** The value comes in a form, so that it is in no address. */
    @POST
    @Path("pseudonym")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response pseudonym(@FormParam("value") String value) {
        try {
            String who = events.pseudonym(value, admin());
            return Response.seeOther(URI.create(words.link("/security?who=" + who)))
                    .build();
        } catch (Invalid e) {
            return wrong(new MultivaluedHashMap<>(Map.of("value", text(value))), e);
        }
    }

    @POST
    @Path("export")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response export(MultivaluedMap<String, String> form) {
        try {
            SecurityEvents.Export export = events.export(
                    EventFilter.of(
                            form.getFirst("kind"), form.getFirst("who"), form.getFirst("from"), form.getFirst("to")),
                    new SecurityEvents.Receiver(
                            form.getFirst("recipient"),
                            !"other".equals(form.getFirst("to_whom")),
                            words.words().say("security_export_what"),
                            form.getFirst("ground"),
                            form.getFirst("disclosed_on")),
                    admin());
            return Response.ok(export.csv())
                    .header(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8")
                    .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + export.name() + "\"")
                    .build();
        } catch (Invalid e) {
            return wrong(form, e);
        }
    }

    private Response wrong(MultivaluedMap<String, String> form, Invalid errors) {
        return Response.status(422)
                .entity(page(EventFilter.of(null, null, null, null), null, form, errors))
                .build();
    }

    private TemplateInstance page(
            EventFilter filter, String after, MultivaluedMap<String, String> form, Invalid errors) {
        Words say = words.words();
        List<Choice> kinds = Stream.concat(
                        Stream.of(new Choice("", say.say("security_kind_any"))),
                        Arrays.stream(Kind.values())
                                .map(k -> new Choice(k.code(), say.name("security_kind", k.code()))))
                .toList();
        SecurityEvents.Page read = events.read(filter, after, admin());
        String next = read.next().map(n -> next(form, n)).orElse("");
        return Templates.events(new Page(events.today(), events.alarms(), read, kinds, form, next), errors);
    }

    /** The same filter, a page on; nothing in it needs to be encoded. */
    private String next(MultivaluedMap<String, String> form, String after) {
        String filter = Stream.of("kind", "who", "from", "to")
                .filter(name ->
                        form.getFirst(name) != null && !form.getFirst(name).isEmpty())
                .map(name -> name + "=" + form.getFirst(name) + "&")
                .collect(Collectors.joining());
        return words.link("/security?" + filter + "after=" + after);
    }

    private Actor admin() {
        return actor.as(Actor.Kind.ADMIN);
    }

    private static String text(String typed) {
        return typed == null ? "" : typed;
    }
}

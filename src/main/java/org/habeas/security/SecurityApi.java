package org.habeas.security;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.words.CurrentWords;

/** Security events for administrators: counted, pseudonymous, and given away against a disclosure only. */
@Path("/api/v1/security")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "Security events")
class SecurityApi {
    /** {@code client} and {@code about} are pseudonyms, empty where there is none or many were counted together. */
    record Item(String kind, Instant firstAt, Instant lastAt, long seen, String client, String about, String place) {
        static Item of(SecurityTable.Line line) {
            return new Item(
                    line.kind().code(),
                    line.first(),
                    line.last(),
                    line.seen(),
                    line.client(),
                    line.about(),
                    line.place());
        }
    }

    record Items(List<Item> items, Optional<String> next) {}

    record AlarmItem(String kind, Instant at, long seen, String rate) {
        static AlarmItem of(Alarms.Alarm alarm) {
            return new AlarmItem(
                    alarm.kind().code(), alarm.at(), alarm.seen(), alarm.rate().toString());
        }
    }

    record AlarmItems(List<AlarmItem> items) {}

    record Value(String value) {}

    record Pseudonym(String pseudonym) {}

    /** Which events, and who is given them; {@code authority} left out means that it is one. */
    record Giving(
            String kind,
            String who,
            String from,
            String to,
            String recipient,
            Boolean authority,
            String ground,
            String disclosedOn) {}

    private final SecurityEvents events;
    private final CurrentActor actor;
    private final CurrentWords words;

    SecurityApi(SecurityEvents events, CurrentActor actor, CurrentWords words) {
        this.events = events;
        this.actor = actor;
        this.words = words;
    }

    @GET
    @Path("events")
    @Consumes(MediaType.WILDCARD)
    public Items list(
            @QueryParam("kind") String kind,
            @QueryParam("who") String who,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("after") String after) {
        var page = events.read(EventFilter.of(kind, who, from, to), after, admin());
        return new Items(page.lines().stream().map(Item::of).toList(), page.next());
    }

    @GET
    @Path("alarms")
    @Consumes(MediaType.WILDCARD)
    public AlarmItems alarms() {
        return new AlarmItems(events.alarms(admin()).stream().map(AlarmItem::of).toList());
    }

    /** The pseudonym of a network address, an account or a reference; the value is kept nowhere. */
    @POST
    @Path("pseudonyms")
    public Pseudonym pseudonym(Value body) {
        return new Pseudonym(events.pseudonym(body == null ? null : body.value(), admin()));
    }

    /** The events as CSV, recorded as a disclosure whose id is in the answer's {@code Habeas-Disclosure}. */
    @POST
    @Path("exports")
    @Produces("text/csv")
    public Response export(Giving giving) {
        Giving given = giving == null ? new Giving(null, null, null, null, null, null, null, null) : giving;
        return file(events.export(
                EventFilter.of(given.kind(), given.who(), given.from(), given.to()),
                new SecurityEvents.Receiver(
                        given.recipient(),
                        given.authority() == null || given.authority(),
                        words.words().say("security_export_what"),
                        given.ground(),
                        given.disclosedOn()),
                admin()));
    }

    private static Response file(SecurityEvents.Export export) {
        return Response.ok(export.csv())
                .header(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + export.name() + "\"")
                .header("Habeas-Disclosure", export.disclosure())
                .build();
    }

    private Actor admin() {
        return actor.as(Actor.Kind.ADMIN);
    }
}

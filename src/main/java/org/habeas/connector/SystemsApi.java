package org.habeas.connector;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Links;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedCollection.OnErasure;
import org.habeas.datamap.SystemEntry;
import org.jspecify.annotations.Nullable;

/** The data map for administrators: the systems, a connection test, what has drifted (contract section 6). */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RolesAllowed("admin")
@Tag(name = "Systems")
class SystemsApi {
    private final DataMap map;
    private final Links links;
    private final SystemCheck check;
    private final DriftWatch drift;
    private final CurrentActor actor;

    SystemsApi(DataMap map, Links links, SystemCheck check, DriftWatch drift, CurrentActor actor) {
        this.map = map;
        this.links = links;
        this.check = check;
        this.drift = drift;
        this.actor = actor;
    }

    record Systems(List<Entry> items) {}

    /** Never the address and the account, which are secrets or near to them. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Entry(
            String name,
            String title,
            String kind,
            @Nullable String owner,
            @Nullable String location,
            @Nullable String source,
            @Nullable String tablesOf,
            List<SystemEntry.Recipient> recipients,
            List<Mapped> collections) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Mapped(
            String name,
            int fields,
            boolean personal,
            boolean reachable,
            boolean skipped,
            @Nullable String purpose,
            String onErasure,
            @Nullable String rule) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Checked(String system, boolean ok, @Nullable String error, long milliseconds) {}

    record Drifts(List<Compared> items) {}

    /** {@code status}: {@code same}, {@code drifted}, {@code failed} (then with {@code error}). */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Compared(
            String system,
            String status,
            @Nullable String error,
            Instant at,
            List<String> newTables,
            List<Drift.Column> newColumns,
            List<String> missingCollections,
            List<Drift.Column> missingFields) {}

    @GET
    @Path("systems")
    public Systems systems() {
        return new Systems(map.systems().stream().map(this::entry).toList());
    }

    @POST
    @Path("systems/{name}/check")
    public Checked check(@PathParam("name") String name) {
        SystemCheck.Result result = check.of(name, actor.as(Actor.Kind.ADMIN));
        return new Checked(name, result.ok(), result.error().orElse(null), result.milliseconds());
    }

    @GET
    @Path("data-map/drift")
    public Drifts drift() {
        return new Drifts(drift.look(actor.as(Actor.Kind.ADMIN)).stream()
                .map(SystemsApi::compared)
                .toList());
    }

    private Entry entry(SystemEntry system) {
        return new Entry(
                system.name(),
                system.title(),
                system.kind().name().toLowerCase(Locale.ROOT),
                system.owner().orElse(null),
                system.location().orElse(null),
                system.source().orElse(null),
                system.tablesOf().orElse(null),
                system.recipients(),
                map.dataset(system.name()).stream()
                        .flatMap(d -> d.collections().stream())
                        .map(this::mapped)
                        .toList());
    }

    private Mapped mapped(MappedCollection collection) {
        return new Mapped(
                collection.name(),
                collection.fields().size(),
                collection.personal(),
                links.reachable(collection.key()),
                collection.skip(),
                collection.purpose().orElse(null),
                onErasure(collection.onErasure()),
                collection.retention().map(MappedCollection.Retention::rule).orElse(null));
    }

    private static String onErasure(OnErasure onErasure) {
        if (onErasure instanceof OnErasure.Keep keep) {
            return "keep: " + keep.reason();
        }
        return onErasure instanceof OnErasure.Mask ? "mask" : "delete";
    }

    private static Compared compared(DriftWatch.Seen seen) {
        Drift drift = seen.drift().orElse(new Drift(seen.system().name(), List.of(), List.of(), List.of(), List.of()));
        String status = seen.error().isPresent() ? "failed" : drift.none() ? "same" : "drifted";
        return new Compared(
                seen.system().name(),
                status,
                seen.error().orElse(null),
                seen.at(),
                drift.newTables(),
                drift.newColumns(),
                drift.missingCollections(),
                drift.missingFields());
    }
}

package org.habeas.connector;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Links;
import org.habeas.datamap.MappedCollection;
import org.habeas.datamap.MappedCollection.OnErasure;
import org.habeas.datamap.SystemEntry;
import org.habeas.words.CurrentWords;

/** The data map as administrators see it, with a connection test and what has drifted. */
@Path("/systems")
@RolesAllowed("admin")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class SystemsPages {
    @CheckedTemplate(basePath = "connector", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance systems(Page page);
    }

    record Page(List<Line> systems, List<DriftWatch.Seen> drift, List<SystemCheck.Result> tests) {}

    record Line(SystemEntry system, String kind, List<Held> collections, long unreachable) {}

    /** What the map says of one collection; {@code onErasure} is the last part of its words' key. */
    record Held(MappedCollection collection, String onErasure, Optional<String> reason, boolean reachable) {}

    private final DataMap map;
    private final Links links;
    private final SystemCheck check;
    private final DriftWatch drift;
    private final CurrentActor actor;
    private final CurrentWords words;

    SystemsPages(
            DataMap map, Links links, SystemCheck check, DriftWatch drift, CurrentWords words, CurrentActor actor) {
        this.map = map;
        this.links = links;
        this.check = check;
        this.drift = drift;
        this.actor = actor;
        this.words = words;
    }

    @GET
    public TemplateInstance systems() {
        return page(List.of());
    }

    @POST
    @Path("/{name}/check")
    public TemplateInstance check(@PathParam("name") String name) {
        return page(List.of(check.of(name, actor.as(Actor.Kind.ADMIN))));
    }

    @POST
    @Path("/drift")
    public Response compare() {
        drift.look(actor.as(Actor.Kind.ADMIN));
        return Response.seeOther(URI.create(words.link("/systems#drift"))).build();
    }

    private TemplateInstance page(List<SystemCheck.Result> tests) {
        return Templates.systems(new Page(map.systems().stream().map(this::line).toList(), drift.last(), tests));
    }

    private Line line(SystemEntry system) {
        List<Held> held = map.dataset(system.name()).stream()
                .flatMap(d -> d.collections().stream())
                .map(this::held)
                .toList();
        boolean searched = system.kind() != SystemEntry.Kind.MANUAL;
        long unreachable = held.stream()
                .filter(h -> searched && !h.reachable() && !h.collection().skip())
                .count();
        return new Line(system, system.kind().name().toLowerCase(Locale.ROOT), held, unreachable);
    }

    private Held held(MappedCollection collection) {
        OnErasure on = collection.onErasure();
        Optional<String> reason = on instanceof OnErasure.Keep keep ? Optional.of(keep.reason()) : Optional.empty();
        String word = reason.isPresent() ? "keep" : on instanceof OnErasure.Mask ? "mask" : "delete";
        return new Held(collection, word, reason, links.reachable(collection.key()));
    }
}

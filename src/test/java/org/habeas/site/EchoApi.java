package org.habeas.site;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.law.Right;

/** Endpoints of the shapes that features have, for what the web layer does by itself. */
@Path("/api/v1/echo")
public class EchoApi {
    public record Echo(String text, Right right, LocalDate on, int count, List<String> names) {}

    private final CurrentActor actor;

    EchoApi(CurrentActor actor) {
        this.actor = actor;
    }

    @GET
    @PermitAll
    public Echo get(@QueryParam("limit") int limit) {
        return new Echo("text", Right.ACCESS, LocalDate.EPOCH, limit, List.of());
    }

    @POST
    @PermitAll
    public Echo post(Echo echo) {
        return echo;
    }

    @GET
    @Path("{id}")
    @PermitAll
    public String path(@PathParam("id") UUID id, @QueryParam("limit") int limit) {
        return id.toString();
    }

    @GET
    @Path("officers")
    @RolesAllowed(Roles.OFFICER)
    public String officers() {
        return actor.officer().name();
    }

    @GET
    @Path("nobody")
    public String nobody() {
        return "an endpoint without a rule answers nobody";
    }

    @GET
    @Path("failing")
    @PermitAll
    public String failing() {
        throw new IllegalStateException("holds ada@example.org");
    }
}

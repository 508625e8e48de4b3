package org.habeas.promise;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.identity.Holder;
import org.habeas.identity.Passphrases;

/** To be told when what one's erasure had to keep is gone; every call carries the passphrase as a bearer token (RFC 6750). */
@Path("/api/v1/requests/{reference}/promise")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Tag(name = "Your request")
@PermitAll
class PromiseApi {
    private final Passphrases passphrases;
    private final Promises promises;

    PromiseApi(Passphrases passphrases, Promises promises) {
        this.passphrases = passphrases;
        this.promises = promises;
    }

    @GET
    public Promises.Wish wish(
            @PathParam("reference") String reference, @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer) {
        return promises.wish(holder(reference, bearer));
    }

    @PUT
    public Promises.Wish make(
            @PathParam("reference") String reference, @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer) {
        Holder holder = holder(reference, bearer);
        promises.make(holder);
        return promises.wish(holder);
    }

    @DELETE
    public Promises.Wish takeBack(
            @PathParam("reference") String reference, @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer) {
        Holder holder = holder(reference, bearer);
        promises.takeBack(holder);
        return promises.wish(holder);
    }

    private Holder holder(String reference, String bearer) {
        return passphrases.open(
                reference,
                Passphrases.bearer(bearer).orElseThrow(() -> new NotAuthorizedException("Bearer realm=\"request\"")));
    }
}

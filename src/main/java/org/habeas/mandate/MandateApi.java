package org.habeas.mandate;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.identity.Holder;
import org.habeas.identity.Passphrases;

/** Takes what shows that somebody may act for another person: a PDF, PNG or JPEG as the body, known by its content. */
@Path("/api/v1/requests/{reference}/mandate")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Your request")
@PermitAll
class MandateApi {
    private final Passphrases passphrases;
    private final Mandates mandates;

    MandateApi(Passphrases passphrases, Mandates mandates) {
        this.passphrases = passphrases;
        this.mandates = mandates;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    public Response send(
            @PathParam("reference") String reference,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            InputStream body)
            throws IOException {
        Holder holder = passphrases.open(
                reference,
                Passphrases.bearer(bearer).orElseThrow(() -> new NotAuthorizedException("Bearer realm=\"request\"")));
        // one byte more than may be tells that there is more; what follows is not read
        mandates.send(holder, "", body.readNBytes((int) Mandates.LARGEST + 1));
        return Response.status(Response.Status.CREATED).build();
    }
}

package org.habeas.delivery;

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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.identity.Holder;
import org.habeas.identity.Passphrases;

/** The package over the API: a POST, so that no link scanner can use up the code (contract section 4). */
@Path("/api/v1/requests/{reference}/package")
@Tag(name = "Your request")
@PermitAll
class PackageApi {
    record Code(String code) {}

    private final Passphrases passphrases;
    private final Packages packages;

    PackageApi(Passphrases passphrases, Packages packages) {
        this.passphrases = passphrases;
        this.packages = packages;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({"application/zip", MediaType.APPLICATION_JSON})
    public Response download(
            @PathParam("reference") String reference,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            Code body) {
        Holder holder = passphrases.open(
                reference,
                Passphrases.bearer(bearer).orElseThrow(() -> new NotAuthorizedException("Bearer realm=\"request\"")));
        return packages.open(holder, body == null ? null : body.code()).answer();
    }
}

package org.habeas.identity;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.habeas.request.Outcome;

/** The person's own request (contract section 4); every call carries the passphrase as a bearer token (RFC 6750). */
@Path("/api/v1/requests/{reference}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Your request")
@jakarta.annotation.security.PermitAll
class PersonApi {
    record Code(String code) {}

    record Text(String text) {}

    record PackageStatus(boolean available, Optional<Instant> expiresAt) {}

    /** How one of several companies stands that were asked at once. */
    record Part(
            String reference,
            String organisation,
            String state,
            Optional<String> outcome,
            LocalDate due,
            Optional<LocalDate> extendedTo,
            List<OwnStatus.Letter> messages,
            @com.fasterxml.jackson.annotation.JsonProperty("package") PackageStatus answerPackage) {
        static Part of(OwnStatus own) {
            return new Part(
                    own.reference(),
                    own.organisation(),
                    own.state().code(),
                    own.outcome().map(Outcome::code),
                    own.due(),
                    own.extendedTo(),
                    own.messages(),
                    new PackageStatus(own.packageUntil().isPresent(), own.packageUntil()));
        }
    }

    record Status(
            String reference,
            String right,
            String state,
            Optional<String> outcome,
            Instant receivedAt,
            LocalDate due,
            Optional<LocalDate> extendedTo,
            List<OwnStatus.Line> timeline,
            List<OwnStatus.Letter> messages,
            @com.fasterxml.jackson.annotation.JsonProperty("package") PackageStatus answerPackage,
            @com.fasterxml.jackson.annotation.JsonInclude(
                            com.fasterxml.jackson.annotation.JsonInclude.Include.NON_EMPTY)
                    List<Part> parts) {
        static Status of(OwnStatus own) {
            return new Status(
                    own.reference(),
                    own.right().code(),
                    own.state().code(),
                    own.outcome().map(Outcome::code),
                    own.receivedAt(),
                    own.due(),
                    own.extendedTo(),
                    own.timeline(),
                    own.messages(),
                    new PackageStatus(own.packageUntil().isPresent(), own.packageUntil()),
                    own.parts().stream().map(Part::of).toList());
        }
    }

    private final Passphrases passphrases;
    private final Codes codes;
    private final OwnRequest own;

    PersonApi(Passphrases passphrases, Codes codes, OwnRequest own) {
        this.passphrases = passphrases;
        this.codes = codes;
        this.own = own;
    }

    @GET
    public Status status(
            @PathParam("reference") String reference, @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer) {
        return Status.of(own.status(holder(reference, bearer)));
    }

    @POST
    @Path("codes")
    @Consumes(MediaType.WILDCARD)
    public Response newCode(
            @PathParam("reference") String reference, @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer) {
        codes.send(holder(reference, bearer));
        return Response.accepted().build();
    }

    @POST
    @Path("verification")
    public Status verify(
            @PathParam("reference") String reference,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            Code body) {
        Holder holder = holder(reference, bearer);
        own.verify(holder, body == null ? null : body.code());
        return Status.of(own.status(holder));
    }

    @POST
    @Path("messages")
    public Response write(
            @PathParam("reference") String reference,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer,
            Text body) {
        own.write(holder(reference, bearer), body == null ? null : body.text());
        return Response.status(Response.Status.CREATED).build();
    }

    @DELETE
    public Status withdraw(
            @PathParam("reference") String reference, @HeaderParam(HttpHeaders.AUTHORIZATION) String bearer) {
        Holder holder = holder(reference, bearer);
        own.withdraw(holder);
        return Status.of(own.status(holder));
    }

    private Holder holder(String reference, String bearer) {
        return passphrases.open(
                reference,
                Passphrases.bearer(bearer).orElseThrow(() -> new NotAuthorizedException("Bearer realm=\"request\"")));
    }
}

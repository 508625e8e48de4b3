package org.habeas.owner;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import org.habeas.problem.Invalid;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Where the owner of a system kept by hand answers; the link came by mail, and so does the code. */
@Path("/task/{token}")
@PermitAll
@Blocking
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class OwnerPages {
    /** What the owner has typed so far; a file must be chosen again, as browsers have it. */
    public record Typed(boolean found, String collection, String rows) {
        static final Typed NOTHING = new Typed(false, "", "");
    }

    @CheckedTemplate(basePath = "owner", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance start(String token, String system);

        static native TemplateInstance code(String token, String system, Invalid errors);

        static native TemplateInstance task(String token, OwnerTask task, Typed typed, Invalid errors);

        static native TemplateInstance thanks();
    }

    private final OwnerTasks tasks;

    OwnerPages(OwnerTasks tasks) {
        this.tasks = tasks;
    }

    /** Opening the link does nothing, so that a mail scanner cannot use it up. */
    @GET
    @Consumes(MediaType.WILDCARD)
    public TemplateInstance start(@PathParam("token") String token) {
        return Templates.start(token, tasks.system(token));
    }

    @POST
    @Path("codes")
    public TemplateInstance sendCode(@PathParam("token") String token) {
        tasks.sendCode(token);
        return Templates.code(token, tasks.system(token), Invalid.nothing());
    }

    @POST
    public Response show(@PathParam("token") String token, @FormParam("code") String code) {
        try {
            return Response.ok(Templates.task(token, tasks.show(token, code), Typed.NOTHING, Invalid.nothing()))
                    .build();
        } catch (Invalid e) {
            return Response.status(422)
                    .entity(Templates.code(token, tasks.system(token), e))
                    .build();
        }
    }

    @POST
    @Path("answer")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Response answer(
            @PathParam("token") String token,
            @RestForm("ticket") String ticket,
            @RestForm("found") String found,
            @RestForm("collection") String collection,
            @RestForm("rows") String rows,
            @RestForm("file") FileUpload file) {
        boolean some = "yes".equals(found);
        try {
            tasks.answer(token, ticket, some ? FoundByHand.rows(collection, file(file, rows)) : Map.of());
            return Response.ok(Templates.thanks()).build();
        } catch (Invalid e) {
            return Response.status(422)
                    .entity(Templates.task(
                            token,
                            tasks.showAgain(token, ticket),
                            new Typed(some, Objects.toString(collection, ""), Objects.toString(rows, "")),
                            e))
                    .build();
        }
    }

    private static String file(FileUpload file, String otherwise) {
        if (file == null || file.size() == 0) {
            return otherwise;
        }
        try {
            return Files.readString(file.uploadedFile(), StandardCharsets.UTF_8);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw Invalid.field("rows", "owner_text_only");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

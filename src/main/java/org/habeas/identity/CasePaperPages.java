package org.habeas.identity;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.pdf.Pdf;
import org.habeas.request.Reference;
import org.habeas.words.CurrentWords;
import org.habeas.words.TemplateWords;

/** One's own case as one PDF, to attach to a complaint (Article 77). */
@Path("/request/{reference}/case")
@PermitAll
@Blocking
@Produces({"application/pdf", MediaType.TEXT_HTML})
public class CasePaperPages {
    @CheckedTemplate(defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME, basePath = "identity")
    static class Templates {
        static native TemplateInstance paper(CasePaper paper, Organisation organisation);
    }

    private final PersonSession session;
    private final OwnRequest own;
    private final Organisation organisation;
    private final CurrentWords words;

    CasePaperPages(PersonSession session, OwnRequest own, DataMap map, CurrentWords words) {
        this.session = session;
        this.own = own;
        this.organisation = map.organisation();
        this.words = words;
    }

    @GET
    public Response paper(@PathParam("reference") String reference) {
        String name = Reference.required(reference).text();
        return session.holder(name)
                .map(holder -> Response.ok(Pdf.of(html(own.paper(holder, words.words()))), "application/pdf")
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".pdf\"")
                        .build())
                .orElseGet(() -> Response.seeOther(URI.create(words.link("/request/" + name)))
                        .build());
    }

    private String html(CasePaper paper) {
        return Templates.paper(paper, organisation)
                .setAttribute(TemplateWords.ATTRIBUTE, words.words())
                .render();
    }
}

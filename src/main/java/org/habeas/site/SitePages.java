package org.habeas.site;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;

/** Pages that tell and do nothing: the start, the rules, the ways out. Their addresses are stable. */
@Path("/")
@PermitAll
@Blocking
@Produces(MediaType.TEXT_HTML)
public class SitePages {
    @CheckedTemplate(basePath = "site", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance start();

        static native TemplateInstance treatment(Organisation.OwnRecords kept);

        static native TemplateInstance accessibility();

        static native TemplateInstance complaint(Organisation organisation);

        static native TemplateInstance erasure();
    }

    private final Organisation organisation;

    SitePages(DataMap map) {
        this.organisation = map.organisation();
    }

    @GET
    public TemplateInstance start() {
        return Templates.start();
    }

    @GET
    @Path("treatment")
    public TemplateInstance treatment() {
        return Templates.treatment(organisation.ownRecords());
    }

    @GET
    @Path("accessibility")
    public TemplateInstance accessibility() {
        return Templates.accessibility();
    }

    @GET
    @Path("complaint")
    public TemplateInstance complaint() {
        return Templates.complaint(organisation);
    }

    @GET
    @Path("erasure")
    public TemplateInstance erasure() {
        return Templates.erasure();
    }
}

package org.habeas.policy;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What the organisation tells without being asked: who receives data, and how the portal itself treats its users. */
@Path("/")
@PermitAll
@Blocking
@Produces(MediaType.TEXT_HTML)
public class OpenPages {
    @CheckedTemplate(basePath = "policy", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance recipients(List<Recipients.Entry> recipients);

        static native TemplateInstance privacy(OwnNotice notice);
    }

    private final Recipients recipients;
    private final OwnNotice notice;

    OpenPages(Recipients recipients, OwnNotice notice) {
        this.recipients = recipients;
        this.notice = notice;
    }

    @GET
    @Path("recipients")
    public TemplateInstance recipients() {
        return Templates.recipients(recipients.all());
    }

    @GET
    @Path("privacy")
    public TemplateInstance privacy() {
        return Templates.privacy(notice);
    }
}

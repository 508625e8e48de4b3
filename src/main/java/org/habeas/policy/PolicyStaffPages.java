package org.habeas.policy;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.datamap.Finding;
import org.habeas.problem.Invalid;
import org.habeas.problem.NotAllowed;
import org.habeas.problem.NotPossible;
import org.habeas.words.CurrentWords;
import org.habeas.words.Words;

/** Where officers and administrators write a version of the policy, and another one of them publishes it. */
@Path("/policies")
@RolesAllowed({Roles.OFFICER, Roles.ADMIN})
@Blocking
@Produces(MediaType.TEXT_HTML)
public class PolicyStaffPages {
    @CheckedTemplate(basePath = "policy", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance policies(
                List<PolicyVersion> drafts, List<PublicPolicy.Line> versions, List<Finding> gaps);

        static native TemplateInstance draft(PolicyForm form, Invalid errors);

        static native TemplateInstance version(Shown shown, Invalid errors);
    }

    /** A version as staff see it: its text in every language, what changed, and how its campaign stands. */
    public record Shown(
            PolicyVersion version,
            List<Reading> readings,
            List<String> newPurposes,
            List<Difference.Paragraph> paragraphs,
            Optional<Campaigns.Standing> campaign,
            boolean own) {}

    /** The text of a version in one language, as its readers will see it. */
    public record Reading(String language, String change, String html) {
        public String name() {
            return Words.of(language).say("words_language");
        }
    }

    private final Policies policies;
    private final PublicPolicy open;
    private final PolicyForms forms;
    private final PolicyGaps gaps;
    private final Campaigns campaigns;
    private final Markdown markdown;
    private final CurrentActor actor;
    private final CurrentWords words;

    PolicyStaffPages(
            Policies policies,
            PublicPolicy open,
            PolicyForms forms,
            PolicyGaps gaps,
            Campaigns campaigns,
            Markdown markdown,
            CurrentActor actor,
            CurrentWords words) {
        this.policies = policies;
        this.open = open;
        this.forms = forms;
        this.gaps = gaps;
        this.campaigns = campaigns;
        this.markdown = markdown;
        this.actor = actor;
        this.words = words;
    }

    @GET
    public TemplateInstance list() {
        return Templates.policies(policies.drafts(), open.versions(), gaps.now());
    }

    @GET
    @Path("new")
    public TemplateInstance begin() {
        return Templates.draft(forms.begun(), Invalid.nothing());
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response draft(MultivaluedMap<String, String> form) {
        try {
            return to(policies.draft(forms.typed(form), writer()).id());
        } catch (Invalid e) {
            return Response.status(422)
                    .entity(Templates.draft(forms.again(form), e))
                    .build();
        }
    }

    @GET
    @Path("{id}")
    public TemplateInstance version(@PathParam("id") String id) {
        return page(policies.get(PolicyApi.id(id)), Invalid.nothing());
    }

    /** The second person, about the text that the page has shown. */
    @POST
    @Path("{id}/approval")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response approve(@PathParam("id") String id, @FormParam("digest") String digest) {
        UUID version = PolicyApi.id(id);
        try {
            return to(policies.approve(version, digest, writer()).id());
        } catch (Invalid | NotPossible e) {
            Invalid told = e instanceof Invalid invalid ? invalid : Invalid.field("approve", e.getMessage());
            return Response.status(e instanceof Invalid ? 422 : 409)
                    .entity(page(policies.get(version), told))
                    .build();
        }
    }

    @POST
    @Path("{id}/discard")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response discard(@PathParam("id") String id) {
        policies.discard(PolicyApi.id(id), writer());
        return Response.seeOther(URI.create(words.link("/policies"))).build();
    }

    private TemplateInstance page(PolicyVersion version, Invalid errors) {
        List<Reading> readings = version.texts().entrySet().stream()
                .map(e -> new Reading(
                        e.getKey(),
                        e.getValue().change(),
                        markdown.html(e.getValue().markdown())))
                .toList();
        return Templates.version(
                new Shown(
                        version,
                        readings,
                        policies.newPurposes(version),
                        changes(version),
                        campaigns.of(version.id()),
                        version.draftedBy().equals(writer().name())),
                errors);
    }

    /** What changes against the version before it, in the reader's language. */
    private List<Difference.Paragraph> changes(PolicyVersion version) {
        String language = version.languageFor(words.language());
        return policies.before(version)
                .map(before -> Difference.between(
                        markdown.blocks(before.text(language).markdown()),
                        markdown.blocks(version.text(language).markdown())))
                .orElse(List.of());
    }

    private Actor writer() {
        return actor.staff().orElseThrow(() -> new NotAllowed("policy_staff_only"));
    }

    private Response to(UUID id) {
        return Response.seeOther(URI.create(words.link("/policies/" + id))).build();
    }
}

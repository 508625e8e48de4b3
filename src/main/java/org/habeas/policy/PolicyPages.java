package org.habeas.policy;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.habeas.problem.NotFound;
import org.habeas.words.CurrentWords;

/** The privacy policy for everybody: the version in force, every other one, and what changed between two. */
@Path("/policy")
@PermitAll
@Blocking
@Produces(MediaType.TEXT_HTML)
public class PolicyPages {
    @CheckedTemplate(basePath = "policy", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance policy(
                PublicPolicy.Shown shown, List<PublicPolicy.Line> versions, Optional<PolicyVersion> next);

        static native TemplateInstance beside(String html);

        static native TemplateInstance difference(PublicPolicy.Compared compared);
    }

    private final PublicPolicy policy;
    private final CurrentWords words;

    PolicyPages(PublicPolicy policy, CurrentWords words) {
        this.policy = policy;
        this.words = words;
    }

    @GET
    public TemplateInstance inForce() {
        return policy.inForce(words.language())
                .map(shown -> Templates.policy(shown, policy.versions(), policy.next()))
                .orElseGet(
                        () -> Templates.beside(policy.beside(words.language()).orElse("")));
    }

    @GET
    @Path("{number}")
    public TemplateInstance numbered(@PathParam("number") String number) {
        if (!number.matches("\\d{1,6}")) {
            throw new NotFound("policy_unknown");
        }
        return Templates.policy(
                policy.numbered(Integer.parseInt(number), words.language()), policy.versions(), Optional.empty());
    }

    @GET
    @Path("difference")
    public TemplateInstance difference(@QueryParam("from") String from, @QueryParam("to") String to) {
        return Templates.difference(policy.compare(from, to, words.language()));
    }
}

package org.habeas.policy;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.habeas.actor.CurrentActor;
import org.habeas.actor.Roles;
import org.habeas.law.Grounds;
import org.habeas.problem.Invalid;
import org.habeas.words.CurrentWords;

/** The officers' record of who was given whose data. */
@Path("/disclosures")
@RolesAllowed(Roles.OFFICER)
@Blocking
@Produces(MediaType.TEXT_HTML)
public class DisclosuresPages {
    @CheckedTemplate(basePath = "policy", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance disclosures(Page page, Invalid errors);
    }

    /** What was recorded, what was typed so far, and the grounds to choose from. */
    public record Page(List<Disclosure> disclosures, MultivaluedMap<String, String> form, List<Option> grounds) {
        public String typed(String name) {
            String value = form.getFirst(name);
            return value == null ? "" : value;
        }

        /** The title of the ground that forbids telling. */
        public String ground(String code) {
            return grounds.stream()
                    .filter(g -> g.value().equals(code))
                    .map(Option::label)
                    .findFirst()
                    .orElse(code);
        }
    }

    public record Option(String value, String label) {}

    private final Disclosures disclosures;
    private final CurrentActor actor;
    private final CurrentWords words;

    DisclosuresPages(Disclosures disclosures, CurrentActor actor, CurrentWords words) {
        this.disclosures = disclosures;
        this.actor = actor;
        this.words = words;
    }

    @GET
    public TemplateInstance list() {
        return page(new MultivaluedHashMap<>(), Invalid.nothing());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response record(MultivaluedMap<String, String> form) {
        String email = form.getFirst("identifiers.email");
        try {
            disclosures.record(
                    new Disclosures.Typed(
                            email == null ? Map.of() : Map.of("email", email),
                            form.getFirst("recipient"),
                            "authority".equals(form.getFirst("kind")),
                            form.getFirst("what"),
                            form.getFirst("ground"),
                            form.getFirst("disclosed_on"),
                            form.getFirst("withheld")),
                    actor.officer());
            return Response.seeOther(URI.create(words.link("/disclosures"))).build();
        } catch (Invalid e) {
            return Response.status(422).entity(page(form, e)).build();
        }
    }

    private TemplateInstance page(MultivaluedMap<String, String> form, Invalid errors) {
        List<Option> grounds = new ArrayList<>();
        grounds.add(new Option("", words.words().say("disclosure_told")));
        disclosures.forbidding().stream()
                .flatMap(code -> Grounds.named(code).stream())
                .map(g -> new Option(g.code(), g.title(words.language()) + " (" + g.citation() + ")"))
                .forEach(grounds::add);
        return Templates.disclosures(new Page(disclosures.latest(actor.officer()), form, grounds), errors);
    }
}

package org.habeas.policy;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import org.habeas.problem.Invalid;

/** How the page about a lost link stands: a link that leads nowhere, a wish that was taken, or what was typed. */
public record LostLink(boolean unknown, boolean asked, String email) {
    static final LostLink NONE = new LostLink(false, false, "");
    static final LostLink UNKNOWN = new LostLink(true, false, "");
    static final LostLink ASKED = new LostLink(false, true, "");

    @CheckedTemplate(basePath = "policy", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance lost(LostLink link, Invalid errors);
    }

    TemplateInstance page(Invalid errors) {
        return Templates.lost(this, errors);
    }

    @Override
    public String toString() {
        return "LostLink[…]";
    }
}

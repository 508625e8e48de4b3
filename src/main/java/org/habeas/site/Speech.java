package org.habeas.site;

import io.quarkus.arc.Arc;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.words.CurrentWords;
import org.habeas.words.TemplateWords;
import org.habeas.words.Words;

/** Which language a request is answered in: the switch's, else the browser's, else the organisation's first. */
@ApplicationScoped
class Speech {
    /** Read as it stands: an address that cannot be decoded is answered in a language, too. */
    private static final Pattern SWITCH = Pattern.compile("(?:^|&)lang=([a-z]{2,3})(?=&|$)");

    private final Organisation organisation;

    Speech(DataMap map) {
        this.organisation = map.organisation();
    }

    @Produces
    @RequestScoped
    CurrentWords current(CurrentVertxRequest request) {
        RoutingContext routing = request.getCurrent();
        return routing == null ? new CurrentWords(words(Words.FALLBACK), false) : in(routing);
    }

    CurrentWords in(RoutingContext routing) {
        Matcher switched = SWITCH.matcher(String.valueOf(routing.request().query()));
        if (switched.find() && offered().contains(switched.group(1))) {
            return new CurrentWords(words(switched.group(1)), true);
        }
        String header = routing.request().getHeader("Accept-Language");
        boolean api = String.valueOf(routing.request().path()).startsWith("/api/");
        return new CurrentWords(words(header == null && api ? Words.FALLBACK : Words.best(header, offered())), false);
    }

    /** The organisation's languages as far as there are words for them. */
    List<String> offered() {
        List<String> there = Words.languages();
        List<String> both =
                organisation.languages().stream().filter(there::contains).toList();
        return both.isEmpty() ? there : both;
    }

    private Words words(String language) {
        return Words.of(language).in(organisation.zone());
    }

    /** Gives every template of a page the words of its reader; a letter brings its own. */
    void speakInTemplates(@Observes EngineBuilder builder, CurrentWords current) {
        builder.addTemplateInstanceInitializer(template -> {
            if (template.getAttribute(TemplateWords.ATTRIBUTE) == null
                    && Arc.container().requestContext().isActive()) {
                template.setAttribute(TemplateWords.ATTRIBUTE, current.words());
            }
        });
    }
}

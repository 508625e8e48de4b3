package org.habeas.history;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.habeas.problem.NotFound;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What everybody may know of the requests and their answers, and that nobody who looks is tracked. */
@Path("/openness")
@PermitAll
@Blocking
@Produces(MediaType.TEXT_HTML)
public class OpennessPages {
    @CheckedTemplate(basePath = "history", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance openness(OpennessView page);
    }

    private final Openness openness;

    OpennessPages(Openness openness) {
        this.openness = openness;
    }

    @GET
    public TemplateInstance show(@RestQuery @Nullable String year) {
        return Templates.openness(new OpennessView(openness.of(year(year)), openness.years()));
    }

    @GET
    @Path("csv")
    @Produces("text/csv")
    public Response csv(@RestQuery @Nullable String year) throws IOException {
        Openness.Published published = openness.of(year(year));
        StringWriter text = new StringWriter();
        try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            List<String> head = new ArrayList<>(List.of("right"));
            Arrays.stream(Openness.Fate.values())
                    .forEach(fate -> head.add(fate.name().toLowerCase(Locale.ROOT)));
            head.addAll(List.of("all", "median_days", "on_time_percent", "on_time_at_least"));
            csv.printRecord(head);
            for (Openness.Line line : published.lines()) {
                List<Object> cells = new ArrayList<>(List.of(line.right().orElse("all")));
                line.counts()
                        .forEach(count -> cells.add(count.map(String::valueOf).orElse("")));
                cells.add(line.medianDays().map(String::valueOf).orElse(""));
                cells.add(line.onTimePercent().map(String::valueOf).orElse(""));
                cells.add(line.atLeast());
                csv.printRecord(cells);
            }
        }
        return Downloads.file(text.toString(), "text/csv; charset=utf-8", "openness-" + published.year() + ".csv");
    }

    private int year(@Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            return openness.present();
        } else if (!typed.matches("\\d{4}")) {
            throw new NotFound("");
        }
        return Integer.parseInt(typed);
    }
}

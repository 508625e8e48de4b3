package org.habeas;

import org.habeas.demo.Demonstration;
import org.habeas.demo.Home;

/** The lines on the console: where, who can sign in, where mail is, what to try. */
final class Welcome {
    private Welcome() {}

    static String text(StartPlan plan, Home home, String url, String password) {
        StringBuilder text = new StringBuilder("\nHabeas is ready: " + url + "\n\n");
        if (plan.provider().isPresent()) {
            line(text, "Staff", "sign in with " + plan.provider().get());
        } else {
            String shown = plan.localPassword().isPresent() ? "as in HABEAS_LOCAL_PASSWORD" : password;
            line(
                    text,
                    "Staff",
                    "officer, officer2, auditor, admin; password " + shown + "; sign in at " + url + "/login");
        }
        line(text, "Mail", plan.mail() ? "goes out by SMTP" : "stays here; read it as admin at " + url + "/outbox");
        line(text, "Data", home.path().toString());
        if (plan.demonstration()) {
            String person = Demonstration.PERSON_TO_TRY;
            line(text, "Try this", "be " + person + " at " + url + "/request, or:");
            text.append("  curl -s ").append(url).append("/api/v1/requests -H 'Content-Type: application/json' -d '");
            text.append("{\"right\":\"access\",\"identifiers\":{\"email\":\"")
                    .append(person)
                    .append("\"}}'\n");
        } else if (plan.dataMap().isEmpty()) {
            line(
                    text,
                    "Data map",
                    "HABEAS_DATA_MAP is not set: the demonstration's map stands in, and none of its systems can be reached");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("  %-9s %s%n", name, value));
    }
}

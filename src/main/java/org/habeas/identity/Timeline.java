package org.habeas.identity;

import org.habeas.request.Outcome;
import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.words.Words;

/** What happened to a request, in sentences: {@code timeline_} and the event's name in the words. */
public final class Timeline {
    private Timeline() {}

    public static String sentence(RightsRequest request, Requests.Moment moment, Words words) {
        String event = moment.what().replaceFirst("^request\\.", "");
        return switch (event) {
            case "received" -> words.name("timeline_received", request.channel().code());
            case "closed" -> words.name("timeline_closed", request.outcome().orElse(Outcome.FULFILLED));
            case "extended" -> words.say("timeline_extended", request.answerBy());
            default -> words.name("timeline", event.replace('.', '_'));
        };
    }
}

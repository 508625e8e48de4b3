package org.habeas.identity;

import org.habeas.request.Requests;
import org.habeas.request.RightsRequest;
import org.habeas.words.Words;

/** What happened to a request, in sentences: {@code timeline_} and the event's name in the words. */
public final class Timeline {
    private Timeline() {}

    public static String sentence(RightsRequest request, Requests.Moment moment, Words words) {
        String event = moment.what().replaceFirst("^request\\.", "");
        return switch (event) {
            case "received" -> words.say(
                    "timeline_received_" + code(request.channel().code()));
            case "closed" -> words.say("timeline_closed_"
                    + code(request.outcome().map(o -> o.code()).orElse("fulfilled")));
            case "extended" -> words.say(
                    "timeline_extended", request.extendedTo().orElse(request.due()));
            case "opened", "proven" -> words.say("timeline_" + event);
            default -> words.say("timeline_" + code(event));
        };
    }

    private static String code(String name) {
        return name.replace('-', '_').replace('.', '_');
    }
}

package org.habeas.site;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * Takes from every trace what could name somebody: an address holds references and tokens, a query holds what an officer looks
 * for, and a client has an address of its own. What stays says which endpoint answered, how, and how fast.
 */
@ApplicationScoped
class Traces implements SpanProcessor {
    private static final String TAKEN_OUT = "-";
    private static final Set<String> KEPT = Set.of(
            "http.request.method",
            "http.route",
            "network.protocol.name",
            "network.protocol.version",
            "server.address",
            "server.port",
            "url.scheme");

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        span.getAttributes().forEach((key, value) -> {
            if (key.getType() == AttributeType.STRING && !KEPT.contains(key.getKey())) {
                span.setAttribute(AttributeKey.stringKey(key.getKey()), TAKEN_OUT);
            }
        });
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        // what is known at the end is the route and the status
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }
}

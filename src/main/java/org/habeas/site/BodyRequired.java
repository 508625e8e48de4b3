package org.habeas.site;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import org.habeas.problem.Invalid;

/** An endpoint that takes a body gets one: {@code null} is none. */
@Provider
class BodyRequired implements ReaderInterceptor {
    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        Object body = context.proceed();
        if (body == null) {
            throw Invalid.field("body", "problem_json");
        }
        return body;
    }
}

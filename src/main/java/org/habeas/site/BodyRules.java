package org.habeas.site;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.habeas.problem.Invalid;
import org.habeas.problem.TooLarge;

/**
 * An endpoint that takes a body gets one ({@code null} is none), and no more of it than may be sent: a body that says how long
 * it is was measured before, any other is here.
 */
@Provider
class BodyRules implements ReaderInterceptor {
    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        long most = MediaTypes.of(String.valueOf(context.getMediaType())).largest();
        context.setInputStream(new Bounded(context.getInputStream(), most));
        Object body = context.proceed();
        if (body == null) {
            throw Invalid.field("body", "problem_json");
        }
        return body;
    }

    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream body, long most) {
            super(body);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int some = super.read(bytes, offset, length);
            count(Math.max(0, some));
            return some;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw new TooLarge("");
            }
        }
    }
}

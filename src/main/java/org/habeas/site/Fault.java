package org.habeas.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import jakarta.persistence.EntityExistsException;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.RollbackException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.habeas.problem.Invalid;
import org.habeas.problem.Invalid.Violation;
import org.habeas.problem.NotAllowed;
import org.habeas.problem.NotFound;
import org.habeas.problem.NotPossible;
import org.habeas.problem.Problem;
import org.habeas.problem.TooLarge;
import org.habeas.problem.TooMany;
import org.habeas.problem.Unavailable;
import org.habeas.vault.Vault;
import org.hibernate.StaleStateException;

/**
 * Why a call could not be answered, in HTTP's terms (RFC 9110 section 15). {@code detail} and the violations' messages are
 * sentences or keys of {@code words}; an empty detail means the status says it all.
 */
record Fault(int status, String detail, List<Violation> violations, Optional<Duration> retryAfter) {
    static final int UNFORESEEN = 500;

    private static final String MULTIPART = "org.jboss.resteasy.reactive.server.core.multipart.";

    static Fault of(int status) {
        return new Fault(status, "", List.of(), Optional.empty());
    }

    static Fault of(int status, String detail) {
        return new Fault(status, detail == null ? "" : detail, List.of(), Optional.empty());
    }

    /** What this exception means to the caller; anything unknown is our own fault and says nothing more. */
    static Fault of(Throwable thrown) {
        // what we threw ourselves counts, whoever wrapped it
        return Stream.concat(causes(thrown).filter(Problem.class::isInstance), causes(thrown))
                .map(Fault::known)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(of(UNFORESEEN));
    }

    private static Optional<Fault> known(Throwable cause) {
        if (cause instanceof Problem problem) {
            return Optional.of(of(problem));
        } else if (cause instanceof ConstraintViolationException invalid) {
            return Optional.of(invalid(invalid.getConstraintViolations().stream()
                    .map(v -> new Violation(last(v.getPropertyPath().toString()), v.getMessage()))
                    .toList()));
        } else if (cause instanceof JsonProcessingException json) {
            return Optional.of(invalid(List.of(new Violation(path(json), "problem_json"))));
        } else if (cause instanceof WebApplicationException web) {
            return onlyWrapsJson(web)
                    ? Optional.empty()
                    : Optional.of(of(refused(web.getResponse().getStatus())));
        } else if (unreadable(cause)) {
            return Optional.of(invalid(List.of(new Violation("body", "problem_unreadable"))));
        } else if (clashes(cause)) {
            return Optional.of(of(409, "problem_clash"));
        } else if (cause instanceof Vault.Shredded) {
            return Optional.of(of(409, "problem_forgotten"));
        } else if (away(cause)) {
            return Optional.of(unavailable("errors_database"));
        }
        return Optional.empty();
    }

    private static Fault of(Problem problem) {
        String detail = problem.getMessage();
        if (problem instanceof Invalid invalid) {
            return invalid(invalid.violations());
        } else if (problem instanceof TooMany tooMany) {
            return new Fault(429, detail, List.of(), Optional.of(tooMany.retryAfter()));
        } else if (problem instanceof NotFound) {
            return of(404, detail);
        } else if (problem instanceof NotPossible) {
            return of(409, detail);
        } else if (problem instanceof NotAllowed) {
            return of(403, detail);
        } else if (problem instanceof TooLarge) {
            return of(413, detail);
        } else if (problem instanceof Unavailable) {
            return unavailable(detail);
        }
        throw new IllegalStateException("no status for " + problem.getClass());
    }

    private static Fault invalid(List<Violation> violations) {
        String detail =
                violations.size() == 1 ? violations.get(0).message() : "problem_fields(" + violations.size() + ")";
        return new Fault(422, detail, violations, Optional.empty());
    }

    /** Input that cannot be read is invalid like any other (contract section 3). */
    static int refused(int status) {
        return status == 400 ? 422 : status;
    }

    private static boolean onlyWrapsJson(WebApplicationException web) {
        return web.getResponse().getStatus() == 400 && web.getCause() instanceof JsonProcessingException;
    }

    /** The framework stumbled over what was sent, for example a percent sign that encodes nothing. */
    private static boolean unreadable(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        String thrower = trace.length == 0 ? "" : trace[0].getClassName();
        return (cause instanceof IllegalArgumentException || cause instanceof MalformedInputException)
                        && Stream.of("org.jboss.resteasy.reactive.", "io.vertx.", "io.netty.")
                                .anyMatch(thrower::startsWith)
                // an upload that breaks off, or is none
                || cause.getClass().getName().startsWith(MULTIPART)
                || cause instanceof IOException && thrower.startsWith(MULTIPART);
    }

    /** Two wrote at once, or a name is taken: SQLSTATE class 23505, 40001, 40P01. */
    private static boolean clashes(Throwable cause) {
        return cause instanceof OptimisticLockException
                || cause instanceof StaleStateException
                || cause instanceof EntityExistsException
                || cause instanceof SQLException sql
                        && List.of("23505", "23P01", "40001", "40P01").contains(String.valueOf(sql.getSQLState()));
    }

    /**
     * The portal's own database is away, is starting, is full or has no connection left. SQLSTATE classes 08, 53, 57P and 58;
     * the pool gives no state when its wait is over.
     */
    private static boolean away(Throwable cause) {
        if (!(cause instanceof SQLException sql)) {
            return false;
        }
        String state = String.valueOf(sql.getSQLState());
        return Stream.of("08", "53", "57P", "58", "25006").anyMatch(state::startsWith)
                || sql.getSQLState() == null && sql.getClass() == SQLException.class;
    }

    private static Fault unavailable(String detail) {
        return new Fault(503, detail, List.of(), Optional.of(Duration.ofSeconds(30)));
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(20)
                // why a commit failed is told aside
                .flatMap(t -> Stream.concat(
                        Stream.of(t),
                        t instanceof RollbackException
                                ? Stream.of(t.getSuppressed()).flatMap(Fault::causes)
                                : Stream.empty()));
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static String path(JsonProcessingException json) {
        if (json instanceof JsonMappingException mapping) {
            String path = mapping.getPath().stream().map(Fault::step).collect(Collectors.joining("."));
            return path.isEmpty() ? "body" : path;
        }
        return "body";
    }

    private static String step(Reference reference) {
        return reference.getFieldName() == null ? String.valueOf(reference.getIndex()) : reference.getFieldName();
    }
}

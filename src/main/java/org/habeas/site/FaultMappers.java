package org.habeas.site;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vertx.ext.web.RoutingContext;
import jakarta.persistence.PersistenceException;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.habeas.problem.Invalid.Violation;
import org.habeas.problem.Problem;
import org.habeas.session.SignIn;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** The one error mapping: what endpoints throw, and what the framework refuses by itself, becomes a {@link Fault}. */
class FaultMappers {
    private final FaultAnswers answers;

    FaultMappers(FaultAnswers answers) {
        this.answers = answers;
    }

    @ServerExceptionMapper
    Response problem(Problem problem, RoutingContext routing) {
        return answer(Fault.of(problem), routing).build();
    }

    @ServerExceptionMapper
    Response invalid(ValidationException invalid, RoutingContext routing) {
        return anything(invalid, routing);
    }

    @ServerExceptionMapper({MismatchedInputException.class, JsonParseException.class, JsonProcessingException.class})
    Response unreadable(JsonProcessingException json, RoutingContext routing) {
        return anything(json, routing);
    }

    @ServerExceptionMapper
    Response stored(PersistenceException failed, RoutingContext routing) {
        return anything(failed, routing);
    }

    @ServerExceptionMapper
    Response unknown(NotFoundException unknown, RoutingContext routing, ResourceInfo resource) {
        return unreadableQuery(unknown, resource)
                ? answer(
                                new Fault(
                                        422,
                                        "problem_query",
                                        List.of(new Violation("query", "problem_query")),
                                        Optional.empty()),
                                routing)
                        .build()
                : answer(Fault.of(404), routing).build();
    }

    @ServerExceptionMapper
    Response web(WebApplicationException web, RoutingContext routing) {
        Response given = web.getResponse();
        if (given.getStatus() < 400 || given.hasEntity()) {
            return given;
        }
        Fault fault = Fault.of(web);
        if (fault.status() >= 500 && web.getCause() != null) {
            fault = answers.unforeseen(web);
        }
        ResponseBuilder answer = answer(fault, routing);
        given.getHeaders()
                .forEach((name, values) -> values.forEach(value -> {
                    if (!name.equalsIgnoreCase("Content-Type")) {
                        answer.header(name, value);
                    }
                }));
        return answer.build();
    }

    @ServerExceptionMapper
    Response anything(Throwable thrown, RoutingContext routing) {
        Fault fault = Fault.of(thrown);
        if (fault.status() == Fault.UNFORESEEN) {
            fault = answers.unforeseen(thrown);
        }
        return answer(fault, routing).build();
    }

    /** Refusals of the framework come without a body: give them one. */
    @ServerResponseFilter
    void fill(ContainerResponseContext response, RoutingContext routing) {
        if (response.getStatus() >= 400 && !response.hasEntity()) {
            // only the form token's guard says 400 (to pages); any other input that cannot be read is invalid
            boolean api = !FaultAnswers.wantsPage(routing);
            int status = api ? Fault.refused(response.getStatus()) : response.getStatus();
            Fault fault = Fault.of(status, SignIn.trouble(routing).orElse(""));
            FaultAnswers.Body body = answers.body(fault, routing);
            response.setStatus(fault.status());
            response.setEntity(body.text(), new Annotation[0], MediaType.valueOf(body.type()));
        }
    }

    private ResponseBuilder answer(Fault fault, RoutingContext routing) {
        FaultAnswers.Body body = answers.body(fault, routing);
        ResponseBuilder response =
                Response.status(fault.status()).entity(body.text()).type(body.type());
        fault.retryAfter().ifPresent(wait -> response.header("Retry-After", Math.max(1, wait.toSeconds())));
        return response;
    }

    /** Jakarta REST answers 404 to a query parameter that cannot be read; a path parameter really names nothing. */
    private static boolean unreadableQuery(NotFoundException unknown, ResourceInfo resource) {
        return unknown.getCause() != null
                && resource != null
                && resource.getResourceMethod() != null
                && Stream.of(resource.getResourceMethod().getParameters()).noneMatch(FaultMappers::readsPath);
    }

    private static boolean readsPath(Parameter parameter) {
        return (parameter.isAnnotationPresent(PathParam.class) || parameter.isAnnotationPresent(RestPath.class))
                && parameter.getType() != String.class;
    }
}

package org.habeas.site;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Makes {@code /q/openapi} say what is true of every endpoint alike and what nobody should have to write at each: names on the
 * wire, the refusals of contract section 3 with their body, and which code means success.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class PublishedInterface implements OASFilter {
    private static final String PROBLEM = "Problem";

    private static final Map<String, String> REFUSALS = refusals();

    /** Calls that make something answer 201, calls that are answered later 202; all others 200. */
    private static final Map<String, String> SUCCESSES = Map.of(
            "POST /api/v1/requests", "202",
            "POST /api/v1/requests/{reference}/codes", "202",
            "POST /api/v1/requests/{reference}/messages", "201",
            "POST /api/v1/cases", "201",
            "POST /api/v1/cases/{reference}/messages", "201",
            "POST /api/v1/cases/{reference}/notes", "201",
            "POST /api/v1/cases/{reference}/redactions", "201",
            "POST /api/v1/holds", "201",
            "POST /api/v1/retention/runs", "202");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> describe(path, method, operation)));
        document.getComponents().getSchemas().values().forEach(PublishedInterface::nameAsOnTheWire);
        document.getComponents().addSchema(PROBLEM, problem());
        Set<String> used = used(document);
        Map<String, Schema> kept = new LinkedHashMap<>(document.getComponents().getSchemas());
        kept.keySet().retainAll(used);
        document.getComponents().setSchemas(kept);
    }

    private static void describe(String path, HttpMethod method, Operation operation) {
        APIResponses answers = operation.getResponses();
        answers.removeAPIResponse("400");
        if (path.startsWith("/api/")) {
            String success = SUCCESSES.getOrDefault(method + " " + path, "200");
            if (!success.equals("200") && answers.hasAPIResponse("200")) {
                answers.addAPIResponse(success, answers.getAPIResponse("200"));
                answers.removeAPIResponse("200");
            }
            REFUSALS.forEach((status, why) -> {
                if (applies(status, path, method, operation)) {
                    answers.addAPIResponse(
                            status,
                            OASFactory.createAPIResponse().description(why).content(problemJson()));
                }
            });
        } else {
            pages(answers);
        }
    }

    private static boolean applies(String status, String path, HttpMethod method, Operation operation) {
        return switch (status) {
            case "404" -> path.contains("{") || method != HttpMethod.GET;
            case "409" -> path.contains("{") || method != HttpMethod.GET || path.endsWith("/outbox");
            case "413", "415" -> operation.getRequestBody() != null || method != HttpMethod.GET;
            default -> true;
        };
    }

    /** Pages are for reading: what stands in them is no interface. */
    private static void pages(APIResponses answers) {
        answers.getAPIResponses().values().stream()
                .filter(answer -> answer.getContent() != null)
                .flatMap(answer -> answer.getContent().getMediaTypes().values().stream())
                .forEach(media -> media.setSchema(OASFactory.createSchema().addType(SchemaType.STRING)));
        answers.addAPIResponse(
                "303", OASFactory.createAPIResponse().description("Done, or sign in first; go on there"));
        answers.addAPIResponse("4XX", OASFactory.createAPIResponse().description("A page that says what is wrong"));
        answers.addAPIResponse("503", OASFactory.createAPIResponse().description(REFUSALS.get("503")));
    }

    private static void nameAsOnTheWire(Schema schema) {
        if (schema.getProperties() != null) {
            Map<String, Schema> named = new LinkedHashMap<>();
            var snake = (PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE;
            schema.getProperties().forEach((name, property) -> named.put(snake.translate(name), property));
            schema.setProperties(named);
        }
        if (schema.getRequired() != null) {
            var snake = (PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE;
            schema.setRequired(
                    schema.getRequired().stream().map(snake::translate).toList());
        }
    }

    private static Schema problem() {
        Schema text = OASFactory.createSchema().addType(SchemaType.STRING);
        Schema violation = OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .addProperty("field", text)
                .addProperty("message", text);
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("A problem as RFC 9457 says; violations with 422")
                .addProperty("type", text)
                .addProperty("title", text)
                .addProperty("status", OASFactory.createSchema().addType(SchemaType.INTEGER))
                .addProperty("detail", text)
                .addProperty(
                        "violations",
                        OASFactory.createSchema().addType(SchemaType.ARRAY).items(violation))
                .required(List.of("type", "title", "status", "detail"));
    }

    private static Content problemJson() {
        return OASFactory.createContent()
                .addMediaType(
                        FaultAnswers.PROBLEM_JSON,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM)));
    }

    private static Map<String, String> refusals() {
        Map<String, String> refusals = new LinkedHashMap<>();
        refusals.put("401", "Not signed in, or the passphrase does not open this request");
        refusals.put("403", "Signed in, without the role that this needs");
        refusals.put("404", "Unknown, or not yours to see");
        refusals.put("406", "No answer of a type that was asked for");
        refusals.put("409", "Not possible in this state");
        refusals.put("413", "Too large: 1 MB for JSON and forms, 20 MB for uploads");
        refusals.put("415", "A body of a type that is not taken");
        refusals.put("422", "Invalid: violations say which field and why");
        refusals.put("429", "Too many; Retry-After says when again");
        refusals.put("503", "A part that is needed is away; Retry-After says when again");
        return refusals;
    }

    /** Names of schemas that some answer or body leads to; pages led to many that belong to no interface. */
    private static Set<String> used(OpenAPI document) {
        Set<String> used = new TreeSet<>(Set.of(PROBLEM));
        Deque<Schema> open = new ArrayDeque<>();
        document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .flatMap(operation -> Stream.concat(
                        operation.getResponses().getAPIResponses().values().stream()
                                .map(r -> r.getContent()),
                        Stream.ofNullable(operation.getRequestBody()).map(b -> b.getContent())))
                .filter(content -> content != null && content.getMediaTypes() != null)
                .flatMap(content -> content.getMediaTypes().values().stream())
                .flatMap(media -> Stream.ofNullable(media.getSchema()))
                .forEach(open::add);
        document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .flatMap(operation ->
                        Stream.ofNullable(operation.getParameters()).flatMap(List::stream))
                .flatMap(parameter -> Stream.ofNullable(parameter.getSchema()))
                .forEach(open::add);
        while (!open.isEmpty()) {
            Schema schema = open.pop();
            String ref = schema.getRef();
            if (ref != null && used.add(ref.substring(ref.lastIndexOf('/') + 1))) {
                Stream.ofNullable(document.getComponents().getSchemas().get(ref.substring(ref.lastIndexOf('/') + 1)))
                        .forEach(open::add);
            }
            parts(schema).forEach(open::add);
        }
        return used;
    }

    private static Stream<Schema> parts(Schema schema) {
        return Stream.of(
                        Stream.ofNullable(schema.getProperties()).flatMap(p -> p.values().stream()),
                        Stream.ofNullable(schema.getItems()),
                        Stream.ofNullable(schema.getAdditionalPropertiesSchema()),
                        Stream.of(schema.getAllOf() == null ? List.<Schema>of() : schema.getAllOf())
                                .flatMap(List::stream),
                        Stream.of(schema.getAnyOf() == null ? List.<Schema>of() : schema.getAnyOf())
                                .flatMap(List::stream),
                        Stream.of(schema.getOneOf() == null ? List.<Schema>of() : schema.getOneOf())
                                .flatMap(List::stream))
                .flatMap(s -> s);
    }
}

package org.habeas.site;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.habeas.actor.Actor;
import org.habeas.actor.CurrentActor;
import org.habeas.datamap.DataMap;
import org.habeas.datamap.Organisation;
import org.habeas.words.CurrentWords;
import org.habeas.words.Words;

/** What the layout shows around a page: where one is, in whose portal, in which language, and where one can go. */
@Named("here")
@RequestScoped
public class Here {
    /** A place one can go to from the masthead. */
    public record Place(String label, String url, boolean current) {}

    /** A language of the switch; {@code url} is this very page in it. */
    public record Language(String code, String name, String url, boolean current) {}

    /** Under this name the form token's guard (quarkus-rest-csrf) keeps it. */
    private static final String TOKEN = "csrf_token";

    private final Organisation organisation;
    private final CurrentWords words;
    private final CurrentActor actor;
    private final CurrentVertxRequest request;
    private final Speech speech;
    private final Assets assets;

    Here(
            DataMap map,
            CurrentWords words,
            CurrentActor actor,
            CurrentVertxRequest request,
            Speech speech,
            Assets assets) {
        this.organisation = map.organisation();
        this.words = words;
        this.actor = actor;
        this.request = request;
        this.speech = speech;
        this.assets = assets;
    }

    public Organisation getOrganisation() {
        return organisation;
    }

    public String getLanguage() {
        return words.language();
    }

    /** The organisation's name to people; the portal's own to staff, who may serve several. */
    public String getBrand() {
        return forStaff() ? "Habeas" : organisation.name();
    }

    public String getHome() {
        return forStaff() ? getPlaces().get(0).url() : link("/");
    }

    /** The organisation's name and, where it is known, its address. */
    public String getAddress() {
        return organisation
                .postalAddress()
                .map(a -> organisation.name() + ", " + a)
                .orElse(organisation.name());
    }

    /** The data protection officer, and how to reach her. */
    public Optional<String> getOfficer() {
        return organisation
                .dataProtectionOfficer()
                .map(o -> joined(Stream.of(o.name()), o.email().stream(), o.phone().stream()));
    }

    /** The authority one can complain to, and where it is. */
    public String getAuthority() {
        Organisation.Authority authority = organisation.authority();
        return joined(Stream.of(authority.name()), authority.postalAddress().stream(), Stream.of());
    }

    private static String joined(Stream<String> first, Stream<String> second, Stream<String> third) {
        return Stream.of(first, second, third).flatMap(part -> part).distinct().collect(Collectors.joining(", "));
    }

    /** What a company of the group is called. */
    public String company(String id) {
        return organisation.company(id).map(Organisation.Company::name).orElse(organisation.name());
    }

    /** The contact, where it is an e-mail address. */
    public Optional<String> getEmail() {
        return Optional.of(organisation.contact()).filter(c -> c.matches("[^@\\s]+@[^@\\s]+"));
    }

    /** The account that is signed in, on staff's pages. */
    public Optional<String> getAccount() {
        return forStaff() ? actor.staffAtOnce().map(Actor::name) : Optional.empty();
    }

    /** Whether a form on this page would have its token; one that was refused before the token's guard has none. */
    public boolean isFormable() {
        return request.getCurrent() != null && request.getCurrent().get(TOKEN) != null;
    }

    public List<Place> getPlaces() {
        return (forStaff() ? Places.of(actor.roles()) : Places.ofPeople())
                .entrySet().stream()
                        .map(p -> new Place(p.getValue(), link(p.getKey()), at(p.getKey())))
                        .toList();
    }

    public List<Language> getLanguages() {
        return speech.offered().stream()
                .map(code -> new Language(
                        code, Words.of(code).say("words_language"), switched(code), code.equals(words.language())))
                .toList();
    }

    /** This path with the chosen language carried along. */
    public String link(String path) {
        return words.link(path);
    }

    /** The same for a path with something in it: before, that, and after. */
    public String link(String before, Object part, String after) {
        return words.link(before + part + after);
    }

    /** A page or an action of this request. */
    public String request(String reference, String what) {
        return link("/request/" + reference + what);
    }

    /** One of a signed-in person's own requests. */
    public String mine(String reference) {
        return link("/mine/" + reference);
    }

    /** The address of a static file, new with each version of it. */
    public String asset(String name) {
        return assets.url(name);
    }

    private boolean forStaff() {
        return Places.staffs(path()) && actor.staffAtOnce().isPresent();
    }

    /** Below the form lie the pages of requests, which belong to "your request". */
    private boolean at(String place) {
        if (path().startsWith("/request/")) {
            return place.equals("/status");
        }
        return path().equals(place) || (!place.equals("/") && path().startsWith(place + "/"));
    }

    private String path() {
        return request.getCurrent() == null
                ? "/"
                : request.getCurrent().request().path();
    }

    /** A page that answered a posted form is shown anew from its own address. */
    private String switched(String code) {
        String query = request.getCurrent() == null
                ? null
                : request.getCurrent().request().query();
        String others = Stream.of(query == null ? new String[0] : query.split("&"))
                .filter(parameter -> !parameter.isEmpty() && !parameter.startsWith("lang="))
                .map(parameter -> "&" + parameter)
                .collect(Collectors.joining());
        return path() + "?lang=" + code + others;
    }
}

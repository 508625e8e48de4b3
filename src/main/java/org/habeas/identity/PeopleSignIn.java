package org.habeas.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.habeas.actor.SignedInPerson;
import org.habeas.datamap.DataMap;
import org.habeas.law.Right;
import org.habeas.request.Identifier;
import org.habeas.session.BrowserSession;
import org.jspecify.annotations.Nullable;

/** Who signed in with this browser at people's identity provider in the last half hour, where the organisation has one. */
@Named("people")
@RequestScoped
public class PeopleSignIn {
    private static final String NOTE = "person";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What the browser's sealed session keeps. */
    private record Kept(String subject, Map<String, String> proven, @Nullable String acr) {}

    private final BrowserSession session;
    private final DataMap map;
    private final boolean on;

    PeopleSignIn(
            BrowserSession session,
            DataMap map,
            @ConfigProperty(name = "quarkus.oidc.people.tenant-enabled") boolean on) {
        this.session = session;
        this.map = map;
        this.on = on;
    }

    /** Whether people can sign in at all. */
    public boolean isOn() {
        return on;
    }

    public Optional<SignedInPerson> person() {
        return on ? session.note(NOTE).map(PeopleSignIn::read) : Optional.empty();
    }

    /** Her proven address, where the provider tells one. */
    public Optional<String> email() {
        return person().map(SignedInPerson::proven).map(proven -> proven.get(Identifier.EMAIL));
    }

    /**
     * The person, if her sign-in is strong enough for this right: where organisation.yml says {@code erasure:
     * signed-in:HIGH}, the provider must have said {@code acr} HIGH; several are separated by a bar.
     */
    public Optional<SignedInPerson> strongEnoughFor(@Nullable String right) {
        String needed = Right.of(String.valueOf(right))
                .map(r -> map.organisation().assurance().get(r.code()))
                .orElse("");
        int colon = needed.indexOf(':');
        return colon < 0
                ? person()
                : person().filter(p -> p.acr()
                        .filter(Arrays.asList(needed.substring(colon + 1).split("\\|"))::contains)
                        .isPresent());
    }

    void remember(SignedInPerson person) {
        try {
            session.note(
                    NOTE,
                    JSON.writeValueAsString(new Kept(
                            person.subject(), person.proven(), person.acr().orElse(null))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    void forget() {
        session.forget(NOTE);
    }

    private static SignedInPerson read(String text) {
        try {
            Kept kept = JSON.readValue(text, Kept.class);
            return new SignedInPerson(kept.subject(), kept.proven(), Optional.ofNullable(kept.acr()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.habeas.request;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.habeas.law.Assurance;

/** How somebody showed who she is, and how strongly that proves it (law.md section 3). */
public enum Verification {
    /** A code that reached the address. */
    CODE("code", Assurance.ADDRESS),
    IN_PERSON("in-person", Assurance.OFFICER),
    /** Of the document only that it was seen is kept. */
    DOCUMENT_SEEN("document-seen", Assurance.DOCUMENT),
    /** A call to a number that was on file. */
    CALL_BACK("call-back", Assurance.OFFICER),
    SIGN_IN("sign-in", Assurance.SIGNED_IN);

    private final String code;
    private final Assurance assurance;

    Verification(String code, Assurance assurance) {
        this.code = code;
        this.assurance = assurance;
    }

    /** The name on the wire. */
    public String code() {
        return code;
    }

    /** What an officer can do by herself. */
    public static List<Verification> byOfficer() {
        return List.of(IN_PERSON, DOCUMENT_SEEN, CALL_BACK);
    }

    public static Optional<Verification> of(String code) {
        return Arrays.stream(values()).filter(v -> v.code.equals(code)).findFirst();
    }

    static Assurance assurance(String code) {
        return of(code).map(v -> v.assurance).orElse(Assurance.ADDRESS);
    }
}

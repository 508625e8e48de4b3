package org.habeas.connector;

/**
 * A system did not do what it was asked. The text is for officers and holds no personal data; what the system itself said
 * is left out, because it may.
 */
public final class SystemFailure extends RuntimeException {
    /** Whether it helps to try again later, and how the officer is told. */
    public enum Kind {
        UNREACHABLE(true),
        TOO_SLOW(true),
        LOCKED(true),
        DENIED(true),
        /** The map names what the system does not have. */
        NOT_THERE(true),
        /** A constraint or trigger of the system. */
        REFUSED(false),
        BROKEN(true);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }
    }

    private final String system;
    private final Kind kind;

    public SystemFailure(String system, Kind kind, String detail) {
        super(detail, null, false, true);
        this.system = system;
        this.kind = kind;
    }

    public String system() {
        return system;
    }

    public Kind kind() {
        return kind;
    }

    public boolean passing() {
        return kind.passing;
    }
}

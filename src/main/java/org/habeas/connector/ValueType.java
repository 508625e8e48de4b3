package org.habeas.connector;

/** The classes of column types that a value is converted to before it is compared or written. */
public enum ValueType {
    INTEGER,
    DECIMAL,
    FLOAT,
    TEXT,
    BOOLEAN,
    DATE,
    TIME,
    /** Without a zone. */
    TIMESTAMP,
    /** An instant. */
    INSTANT,
    UUID,
    BINARY,
    JSON,
    ENUM,
    /** Compared and written by its text form. */
    OTHER
}

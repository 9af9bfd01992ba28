package dev.lockstep.core.lens;

/** What a platform's column is made of, and so which texts it takes and gives. Texts are as PostgreSQL writes them. */
public enum ColumnKind {
    TEXT,
    /** Integers, decimals and floats: {@code 12.50}. */
    NUMBER,
    /** {@code t} and {@code f} or {@code true} and {@code false}. */
    BOOLEAN,
    /** {@code 2024-05-01}. */
    DATE,
    /** Without a zone: {@code 2024-05-01 12:00:00.123}. */
    TIMESTAMP,
    /** An instant: {@code 2024-05-01 12:00:00.123+02}. */
    TIMESTAMPTZ,
    /** Of texts, numbers …: {@code {a,"b c"}}. */
    ARRAY,
    /** JSON text; of a path into JSON also a scalar as plain text. */
    JSON,
    /** Anything else: its text is taken as it is. */
    OTHER
}

package org.habeas.problem;

/**
 * Why a command was refused, in words that may be shown to whoever sent it. Knows no HTTP; {@code site} says it in HTTP.
 * A message never holds personal data. It is an English sentence or a key of {@code words} with plain arguments in
 * brackets, {@code problem_text_long(200)}, which is told in the reader's language.
 */
public abstract sealed class Problem extends RuntimeException
        permits Invalid, NotAllowed, NotFound, NotPossible, TooLarge, TooMany, Unavailable {
    protected Problem(String detail) {
        super(detail, null, false, false);
    }
}

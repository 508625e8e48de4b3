package org.habeas.retention;

import java.time.LocalDate;
import java.util.UUID;

/** The day has come on which a hold is to be looked at again, by whoever placed it. Fired in the transaction. */
public record HoldToReview(UUID hold, LocalDate reviewOn, String owner) {}

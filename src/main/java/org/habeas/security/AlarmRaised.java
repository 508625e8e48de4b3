package org.habeas.security;

import java.time.Instant;
import org.habeas.limit.Rate;
import org.habeas.problem.SecurityEvent.Kind;

/** More events of a kind were seen than its rate allows. Fired in the transaction that notes so. */
public record AlarmRaised(Kind kind, long seen, Rate rate, Instant at) {}

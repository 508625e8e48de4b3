package org.habeas.request;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.habeas.law.Right;

/**
 * What came in. {@code receivedOn} is the day of {@code receivedAt} in the organisation's time zone; {@code company} the
 * controller asked. {@code identifiers} are hints until proven, the e-mail address among them.
 */
public record Receipt(
        Right right,
        String company,
        String regime,
        Channel channel,
        String language,
        Instant receivedAt,
        LocalDate receivedOn,
        List<Identifier> identifiers,
        Particulars particulars) {
    /** The same with these identifiers. */
    public Receipt with(List<Identifier> others) {
        return new Receipt(right, company, regime, channel, language, receivedAt, receivedOn, others, particulars);
    }
}

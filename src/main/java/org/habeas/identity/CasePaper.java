package org.habeas.identity;

import org.habeas.request.Particulars;

/** A person's whole case as she may show it to somebody else: how it stands, and what she asked in her own words. */
public record CasePaper(OwnStatus own, Particulars said) {
    @Override
    public String toString() {
        return "CasePaper[" + own.reference() + "]";
    }
}

package org.habeas.testing;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/**
 * What axe has against a page, by WCAG 2.2 A and AA. It runs in the page itself, which has no frames: AxeBuilder would open
 * another window for each look.
 */
public final class Axe {
    private static final String SCRIPT = AxeBuilder.getAxeScript();

    private static final String RUN =
            "async () => (await axe.run(document, {resultTypes: ['violations'], runOnly: {type:"
                    + " 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}})).violations"
                    + ".map(v => v.id + ' ' + v.nodes[0].target.join(' '))";

    private Axe() {}

    /** A line for each rule that is broken, with the first place. */
    @SuppressWarnings("unchecked")
    public static List<String> violations(Page page) {
        if (!Boolean.TRUE.equals(page.evaluate("() => 'axe' in window"))) {
            page.evaluate(SCRIPT);
        }
        return (List<String>) page.evaluate(RUN);
    }
}

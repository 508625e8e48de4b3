/** Layout, home, sign-in pages, errors, security headers: what every page and answer has in common. */
package org.habeas.site;

/** How a request comes in, by the portal or through staff. */
package org.habeas.intake;

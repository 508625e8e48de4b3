/** What must be kept and until when, legal holds, and the purge of what need no longer be kept. */
package org.habeas.retention;

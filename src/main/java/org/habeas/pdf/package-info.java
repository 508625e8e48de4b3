/** Pages on paper; nothing is fetched for them. */
package org.habeas.pdf;

/** Agents, parents, guardians, estates: what they send to show that they may act, and the officer who looks at it. */
package org.habeas.mandate;

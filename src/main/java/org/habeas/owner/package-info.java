/** Tasks for the owners of systems that are kept by hand: a link by mail, a code, an answer; no account. */
package org.habeas.owner;

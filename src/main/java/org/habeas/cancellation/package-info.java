/** An erasure is told to every address on file of the person, with a link that stops it until it begins. */
package org.habeas.cancellation;

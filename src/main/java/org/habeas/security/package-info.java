/** What somebody tried and was refused: counted without names, shown to administrators, told when it happens often. */
package org.habeas.security;

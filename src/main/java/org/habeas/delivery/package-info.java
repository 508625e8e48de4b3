/** The answer package (contract section 7): written as a stream, sealed under the case's key, fetched with a code. */
package org.habeas.delivery;

/** Who asked for it is told once more when what her erasure had to keep is erased too. */
package org.habeas.promise;

/** What proves who asks: passphrase, code; and what the person may do with her own request. */
package org.habeas.identity;

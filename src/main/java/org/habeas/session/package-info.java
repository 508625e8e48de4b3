/** Sign-in of local staff accounts, and the one cookie that keeps a browser signed in, as staff or to a request. */
package org.habeas.session;

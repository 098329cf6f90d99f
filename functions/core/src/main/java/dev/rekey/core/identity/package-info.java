/** Maps old ids to new ids. */
package dev.rekey.core.identity;

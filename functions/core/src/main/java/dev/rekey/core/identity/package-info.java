/** From an old identity to the new one. */
package dev.rekey.core.identity;

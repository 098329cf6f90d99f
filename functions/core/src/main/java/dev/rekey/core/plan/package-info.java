/** What the user declares. */
package dev.rekey.core.plan;

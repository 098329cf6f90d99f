/** The plan: what the user declares. */
package dev.rekey.core.plan;

/** What the user declares: read, checked, fingerprinted. */
package dev.rekey.engine.plan;

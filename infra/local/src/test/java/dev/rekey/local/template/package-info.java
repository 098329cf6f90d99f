/** What {@code infra/template.yaml} says, for tests that compare it with the rest. */
package dev.rekey.local.template;

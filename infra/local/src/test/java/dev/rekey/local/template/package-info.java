/** Content of {@code infra/template.yaml}, for tests that compare it with the code. */
package dev.rekey.local.template;

/** One promotion of an environment, wherever the stack is. */
package dev.rekey.cloud;

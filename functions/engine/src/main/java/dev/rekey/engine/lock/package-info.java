/** One writer per physical target table. */
package dev.rekey.engine.lock;

/** In which order tables move. */
package dev.rekey.engine.schedule;

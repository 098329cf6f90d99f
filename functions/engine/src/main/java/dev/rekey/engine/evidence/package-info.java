/** What speaks for a value being somebody's id: its characters, the name it stands under, its being one of the ids. */
package dev.rekey.engine.evidence;

/** One execution of a plan: its name, its folder in S3, what is frozen when it is prepared, what controls it. */
package dev.rekey.engine.run;

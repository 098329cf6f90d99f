/** What an analysis tells of the tables beyond what is wrong with them: the sections of its report. */
package dev.rekey.engine.survey;

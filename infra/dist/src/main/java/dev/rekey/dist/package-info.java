/** Makes what an archive holds beside what the other modules build. */
package dev.rekey.dist;

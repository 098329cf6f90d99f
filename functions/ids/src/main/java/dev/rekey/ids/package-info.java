/** Old and new ids for applications that work with records before, during and after a migration. */
package dev.rekey.ids;

/** House rules as tests. They read the repository's sources and the class files of every module. */
package dev.rekey.house;

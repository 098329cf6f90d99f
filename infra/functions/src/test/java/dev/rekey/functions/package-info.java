/** The functions as deployed to Lambda: their jar, and their behavior in Lambda's own runtime. */
package dev.rekey.functions;

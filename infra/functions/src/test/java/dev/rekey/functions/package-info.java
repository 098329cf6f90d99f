/** The functions as Lambda gets them: their jar, and how they behave in Lambda's own runtime. */
package dev.rekey.functions;

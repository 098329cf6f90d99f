/** JSONata as the States Language uses it: expressions between braces with percent signs in JSON templates. */
package dev.rekey.interpreter.expression;

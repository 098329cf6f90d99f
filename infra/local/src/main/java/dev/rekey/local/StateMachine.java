package dev.rekey.local;

/**
 * The state machine that is there when the stack starts; an older one of this name is brought up to date.
 *
 * @param definition in the States Language, with every placeholder filled in
 */
public record StateMachine(String name, String definition) {}

package dev.rekey.cli.text;

/** Shows a file or a page to the person at the machine, with the program that the system has for it. */
@FunctionalInterface
public interface Opener {
    /**
     * @param address of a file or of a page
     * @return false if the system has no such program
     */
    boolean open(String address);
}

package dev.rekey.cli.deployment;

/** Finds stacks. */
public interface Deployments {
    /**
     * The stack at {@code place}, ready to use.
     *
     * @throws dev.rekey.cli.exit.CommandFailure if there is none, or it cannot be reached
     */
    Deployment open(StackLocation place);

    /**
     * The same, for a command that only reads: no stack is started over an unfinished run.
     *
     * @throws dev.rekey.cli.exit.CommandFailure likewise
     */
    default Deployment openToRead(StackLocation place) {
        return open(place);
    }

    /**
     * The tables at {@code place}, for a command that only reads them and needs no stack there.
     *
     * @throws dev.rekey.cli.exit.CommandFailure if nothing says where they are
     */
    default Account account(StackLocation place) {
        return openToRead(place);
    }
}

package dev.rekey.core.plan;

/** SHA-256 of a plan's canonical form, 64 lower-case hexadecimal digits. */
public record Fingerprint(String hex) {
    @Override
    public String toString() {
        return hex;
    }
}

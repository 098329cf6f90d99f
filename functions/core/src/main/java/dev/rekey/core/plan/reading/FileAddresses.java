package dev.rekey.core.plan.reading;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.FileFormat;
import dev.rekey.core.plan.Location;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses of files, as plans write them. */
final class FileAddresses {
    private static final Pattern IN_BUCKET = Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.+");

    private FileAddresses() {}

    /** Whether it is the folder of an export. */
    static boolean isFolder(String address) {
        return address.endsWith("/");
    }

    static boolean isInBucket(String address) {
        return address.startsWith(Location.Files.BUCKET);
    }

    /** Files beside the plan have a slash, too, so that no table has the name. */
    static PhysicalTable place(String address) {
        return new PhysicalTable(address.indexOf('/') < 0 ? "./" + address : address);
    }

    /** What is wrong with an address; empty if nothing is. */
    static Optional<String> fault(String address) {
        var name = name(address);
        if (isInBucket(address) && !IN_BUCKET.matcher(address).matches()) {
            return Optional.of("is not s3://BUCKET/KEY");
        }
        if (address.indexOf('*') >= 0
                && (address.indexOf('*') < address.length() - name.length()
                        || address.indexOf('*') != address.lastIndexOf('*'))) {
            return Optional.of("has a * that is not the only one in the last part of the name");
        }
        return Optional.empty();
    }

    /** By the ending of the name; empty if the ending says none. Folders are exports of DynamoDB. */
    static Optional<FileFormat> format(String address) {
        if (isFolder(address)) {
            return Optional.of(FileFormat.DYNAMODB);
        }
        var name = name(address).toLowerCase(Locale.ROOT);
        var unpacked = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        return switch (unpacked.substring(unpacked.lastIndexOf('.') + 1)) {
            case "csv" -> Optional.of(FileFormat.CSV);
            case "json", "jsonl", "ndjson" -> Optional.of(FileFormat.JSON);
            default -> Optional.empty();
        };
    }

    private static String name(String address) {
        return address.substring(address.lastIndexOf('/') + 1);
    }
}

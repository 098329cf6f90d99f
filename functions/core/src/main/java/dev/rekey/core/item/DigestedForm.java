package dev.rekey.core.item;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes the bytes that stand for an item in its digest, as {@code docs/internals/storage-format.md} defines them. */
final class DigestedForm {
    private static final Comparator<byte[]> BY_BYTES = Arrays::compareUnsigned;

    private byte[] buffer = new byte[1024];
    private int length;

    private record Entry(byte[] name, AttributeValue value) {}

    /** Writes the form of {@code item} into {@code digest}. */
    static void hash(Map<String, AttributeValue> item, MessageDigest digest) {
        var form = new DigestedForm();
        form.entries(item);
        digest.update(form.buffer, 0, form.length);
    }

    private void entries(Map<String, AttributeValue> map) {
        var entries = new Entry[map.size()];
        var i = 0;
        for (var entry : map.entrySet()) {
            entries[i++] = new Entry(utf8(entry.getKey()), entry.getValue());
        }
        Arrays.sort(entries, (one, other) -> Arrays.compareUnsigned(one.name, other.name));
        number(entries.length);
        for (var entry : entries) {
            field(entry.name);
            value(entry.value);
        }
    }

    private void value(AttributeValue value) {
        switch (value.type()) {
            case S -> tagged('S', utf8(value.s()));
            case N -> tagged('N', utf8(SameContent.canonical(value.n())));
            case B -> tagged('B', value.b().asByteArrayUnsafe());
            case BOOL -> tag(value.bool() ? 'T' : 'F');
            case NUL -> tag('0');
            case SS -> set('s', value.ss().stream().map(DigestedForm::utf8));
            case NS -> set('n', value.ns().stream().map(SameContent::canonical).map(DigestedForm::utf8));
            case BS -> set('b', value.bs().stream().map(SdkBytes::asByteArrayUnsafe));
            case L -> list(value.l());
            case M -> {
                tag('M');
                entries(value.m());
            }
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("a value without a type has no digest");
        }
    }

    private void list(List<AttributeValue> elements) {
        tag('L');
        number(elements.size());
        for (var element : elements) {
            value(element);
        }
    }

    private void set(char tag, Stream<byte[]> elements) {
        var sorted = elements.sorted(BY_BYTES).toArray(byte[][]::new);
        tag(tag);
        number(sorted.length);
        for (var element : sorted) {
            field(element);
        }
    }

    private void tagged(char tag, byte[] content) {
        tag(tag);
        field(content);
    }

    private void field(byte[] content) {
        number(content.length);
        ensure(content.length);
        System.arraycopy(content, 0, buffer, length, content.length);
        length += content.length;
    }

    private void tag(char tag) {
        ensure(1);
        buffer[length++] = (byte) tag;
    }

    private void number(int number) {
        ensure(Integer.BYTES);
        buffer[length++] = (byte) (number >>> 24);
        buffer[length++] = (byte) (number >>> 16);
        buffer[length++] = (byte) (number >>> 8);
        buffer[length++] = (byte) number;
    }

    private void ensure(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package codejury;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The line to the host: requests and answers are netstrings, made of fields that are netstrings too. It uses descriptors of
 * its own, so that standard input and output are free for the program under test.
 */
final class Channel {
    private static final int INPUT = 8;
    private static final int OUTPUT = 9;

    private final InputStream input = new BufferedInputStream(new FileInputStream(Internals.descriptor(INPUT)), 1 << 16);
    private final OutputStream output = new FileOutputStream(Internals.descriptor(OUTPUT));

    /** The fields of the next request; null when the host has closed the line. */
    List<byte[]> read() throws IOException {
        int length = readLength(input);
        return length < 0 ? null : split(readData(input, length));
    }

    /** Sends one answer in a single write. */
    void write(byte[] answer) throws IOException {
        output.write(answer);
    }

    /** A netstring whose fields are byte arrays, or anything else as its text. */
    static byte[] encode(Object... fields) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Object field : fields) {
            append(body, field instanceof byte[] bytes ? bytes : bytes(String.valueOf(field)));
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(body.size() + 16);
        append(whole, body.toByteArray());
        return whole.toByteArray();
    }

    /** Netstrings one after another. */
    static byte[] join(List<?> fields) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Object field : fields) {
            append(body, field instanceof byte[] bytes ? bytes : bytes(String.valueOf(field)));
        }
        return body.toByteArray();
    }

    static String text(byte[] field) {
        return new String(field, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void append(ByteArrayOutputStream target, byte[] data) {
        target.writeBytes((data.length + ":").getBytes(StandardCharsets.US_ASCII));
        target.writeBytes(data);
        target.write(',');
    }

    private static List<byte[]> split(byte[] data) throws IOException {
        InputStream rest = new java.io.ByteArrayInputStream(data);
        List<byte[]> fields = new ArrayList<>();
        for (int length = readLength(rest); length >= 0; length = readLength(rest)) {
            fields.add(readData(rest, length));
        }
        return fields;
    }

    /** -1 at the end of the stream. */
    private static int readLength(InputStream input) throws IOException {
        int next = input.read();
        if (next < 0) {
            return -1;
        }
        int length = 0;
        for (; next != ':'; next = input.read()) {
            if (next < '0' || next > '9') {
                throw new IOException("not a netstring");
            }
            length = Math.addExact(Math.multiplyExact(length, 10), next - '0');
        }
        return length;
    }

    private static byte[] readData(InputStream input, int length) throws IOException {
        byte[] data = input.readNBytes(length);
        if (data.length < length || input.read() != ',') {
            throw new EOFException("the request ended early");
        }
        return data;
    }
}

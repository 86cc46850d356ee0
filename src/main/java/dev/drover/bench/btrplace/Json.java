package dev.drover.bench.btrplace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.drover.bench.BadInstance;
import dev.drover.bench.InstanceFile;
import java.io.IOException;
import java.nio.file.Path;

/** The tokens of a JSON file, one after the other, without a tree of them. Every error names the line and the column. */
final class Json {
    private static final int MOST_BYTES = 64 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final Path path;
    private final JsonParser parser;

    private Json(Path path, JsonParser parser) {
        this.path = path;
        this.parser = parser;
    }

    static Json of(Path path) {
        Path found = InstanceFile.find(path);
        try {
            return new Json(found, FACTORY.createParser(InstanceFile.read(found, MOST_BYTES)));
        } catch (IOException e) {
            throw new IllegalStateException("no parser for " + found + " (" + e.getMessage() + ")", e);
        }
    }

    private JsonToken next() {
        try {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw end();
            }
            return token;
        } catch (JsonEOFException e) {
            throw end();
        } catch (JsonProcessingException e) {
            throw wrong(e.getLocation(), withoutAdvice(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new BadInstance(path + " is no text (" + e.getMessage() + "). Is it the right file?");
        }
    }

    /** The library's advice is for programmers. */
    private static String withoutAdvice(String message) {
        int advice = message.indexOf(": enable");
        return advice < 0 ? message : message.substring(0, advice);
    }

    /** The next token must begin an object. */
    void object(String what) {
        expect(JsonToken.START_OBJECT, what, "an object");
    }

    /** The next token must begin a list. */
    void list(String what) {
        expect(JsonToken.START_ARRAY, what, "a list");
    }

    private void expect(JsonToken expected, String what, String kind) {
        if (next() != expected) {
            throw wrong(what + " must be " + kind + " (" + text() + ")");
        }
    }

    /** @return whether the object has another field, whose name is {@link #text()} then */
    boolean hasField() {
        return next() == JsonToken.FIELD_NAME;
    }

    /** Whether the list of objects has another one, which begins then. */
    boolean hasObject(String what) {
        return hasElement(JsonToken.START_OBJECT, what, "an object");
    }

    /** Whether the list of lists has another one, which begins then. */
    boolean hasList(String what) {
        return hasElement(JsonToken.START_ARRAY, what, "a list");
    }

    private boolean hasElement(JsonToken begin, String what, String kind) {
        JsonToken token = next();
        if (token != begin && token != JsonToken.END_ARRAY) {
            throw wrong(what + " must be " + kind + " (" + text() + ")");
        }
        return token == begin;
    }

    /** Whether the list of integers has another one, which is {@link #integer} then. */
    boolean hasInteger() {
        return next() != JsonToken.END_ARRAY;
    }

    /** The value of a field. */
    int nextInteger(String what, int least, int most) {
        next();
        return integer(what, least, most);
    }

    /** The present token as an integer. */
    int integer(String what, int least, int most) {
        try {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw wrong(what + " must be an integer (" + text() + ")");
            }
            long value = parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? Long.MAX_VALUE
                    : parser.getLongValue();
            if (value < least || value > most) {
                throw wrong(what + " must be from " + least + " to " + most + " (" + text() + ")");
            }
            return (int) value;
        } catch (IOException e) {
            throw wrong(what + " must be an integer (" + e.getMessage() + ")");
        }
    }

    String nextString(String what) {
        if (next() != JsonToken.VALUE_STRING) {
            throw wrong(what + " must be a string (" + text() + ")");
        }
        return text();
    }

    boolean nextFlag(String what) {
        JsonToken token = next();
        if (!token.isBoolean()) {
            throw wrong(what + " must be true or false (" + text() + ")");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    /** The name of the present field as an integer. */
    int nameAsInteger(String what, int most) {
        String name = text();
        try {
            int value = Integer.parseInt(name);
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw wrong(what + " must be an integer (" + name + ")");
        }
        throw wrong(what + " must be from 0 to " + most + " (" + name + ")");
    }

    /** Passes over the value of a field, whatever it is. */
    void skip() {
        int depth = 0;
        do {
            JsonToken token = next();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0);
    }

    /** Checks that nothing follows. */
    void end(String what) {
        try {
            if (parser.nextToken() != null) {
                throw wrong("more follows " + what + " (" + text() + ")");
            }
        } catch (IOException e) {
            throw wrong("more follows " + what);
        }
    }

    String text() {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw wrong("this can't be read (" + e.getMessage() + ")");
        }
    }

    /** What is wrong with the present token. */
    BadInstance wrong(String message) {
        return wrong(parser.currentTokenLocation(), message);
    }

    private BadInstance wrong(JsonLocation place, String message) {
        return new BadInstance(
                path + ", line " + place.getLineNr() + ", column " + place.getColumnNr() + ": " + message + ".");
    }

    private BadInstance end() {
        JsonLocation place = parser.currentLocation();
        return new BadInstance(path + ", line " + place.getLineNr() + ", column " + place.getColumnNr()
                + ": the file ends here. Is it whole?");
    }
}

package dev.drover.dump;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Files of JSON, read strictly: what is unknown, of another type, or there twice is a mistake, not something to pass over. Every error
 * names the line and the column, and the path to the field.
 */
public final class JsonFile {
    private static final JsonMapper MAPPER = mapper();

    private JsonFile() {}

    private static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .annotationIntrospector(new Strict());
        builder.withCoercionConfig(
                LogicalType.Textual, texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
        return builder.build();
    }

    /** Objects of the API ignore what a newer version wrote; a person who misspells a field in a file wants to hear of it. */
    private static final class Strict extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonIgnoreProperties.Value findPropertyIgnoralByName(MapperConfig<?> config, Annotated annotated) {
            return JsonIgnoreProperties.Value.empty();
        }
    }

    /** @throws BadFile when it cannot be read, or is not the JSON of a {@code type} */
    public static <T> T read(Path file, Class<T> type) {
        try (InputStream bytes = Files.newInputStream(file)) {
            // Only here: amounts of Kubernetes are read by the mapper itself, and something follows them.
            T value = MAPPER.readerFor(type)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(bytes);
            if (value == null) {
                throw Place.root(file.toString()).wrong("holds nothing but null");
            }
            return value;
        } catch (JsonProcessingException malformed) {
            throw new BadFile(message(file, malformed));
        } catch (IOException unreadable) {
            throw new BadFile("the file (" + file + ") cannot be read ("
                    + unreadable.getClass().getSimpleName() + "). Name a file of JSON that exists.");
        }
    }

    /** Indented, with a line break at the end. The writer stays open. */
    public static void write(Object value, Writer to) throws IOException {
        MAPPER.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValue(to, value);
        to.write('\n');
        to.flush();
    }

    private static String message(Path file, JsonProcessingException malformed) {
        // The library finds out about unknown fields at the end of the object that they are in: its line would mislead.
        JsonLocation location = malformed instanceof UnrecognizedPropertyException ? null : malformed.getLocation();
        String place = location == null ? "" : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
        if (isCutOff(malformed)) {
            return file + place + ": the file ends here. Is it whole?";
        }
        String path = malformed instanceof JsonMappingException mapping ? path(mapping) : "";
        return file + place + ": " + (path.isEmpty() ? "" : path + " ") + what(malformed);
    }

    /** The library wraps it in different ways, by where it happens. */
    private static boolean isCutOff(JsonProcessingException malformed) {
        return malformed.getOriginalMessage().contains("end-of-input");
    }

    private static String path(JsonMappingException mapping) {
        Place place = Place.root("");
        for (JsonMappingException.Reference step : mapping.getPath()) {
            place = step.getFieldName() == null ? place.in(step.getIndex()) : place.in(step.getFieldName());
        }
        return place.path();
    }

    private static String what(JsonProcessingException malformed) {
        return switch (malformed) {
            case UnrecognizedPropertyException unknown ->
                "is not known. Known here: "
                        + unknown.getKnownPropertyIds().stream()
                                .map(String::valueOf)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + ".";
            case InvalidNullException nothing -> "must not be null.";
            case InvalidFormatException format ->
                "must be " + kind(format.getTargetType()) + ", and is (" + format.getValue() + ").";
            case MismatchedInputException mismatch
            when mismatch.getTargetType() != null && !isEnd(mismatch) ->
                "must be " + kind(mismatch.getTargetType()) + ".";
            case MismatchedInputException end when isEnd(end) -> "the file is empty.";
            case JsonMappingException other
            when other.getCause() != null -> "is not complete or not allowed" + reason(other.getCause()) + ".";
            default -> plain(malformed.getOriginalMessage()) + ".";
        };
    }

    private static boolean isEnd(MismatchedInputException mismatch) {
        return mismatch.getOriginalMessage().startsWith("No content");
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null || cause instanceof NullPointerException
                ? ""
                : " (" + cause.getMessage() + ")";
    }

    /** The library's advice is for programmers. */
    private static String plain(String message) {
        String first = message.lines().findFirst().orElse("this is no JSON");
        int advice = first.indexOf(": enable");
        return advice < 0 ? first : first.substring(0, advice);
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants()).map(JsonFile::written).collect(Collectors.joining(" or "));
        }
        return switch (type.getSimpleName()) {
            case "String" -> "a text in quotes";
            case "Boolean", "boolean" -> "true or false";
            case "Integer", "int", "Long", "long" -> "a whole number";
            case "List", "ArrayList" -> "a list in brackets";
            default -> "an object in braces";
        };
    }

    private static String written(Object constant) {
        try {
            return MAPPER.writeValueAsString(constant).replace("\"", "");
        } catch (JsonProcessingException impossible) {
            return constant.toString().toLowerCase(Locale.ROOT);
        }
    }
}

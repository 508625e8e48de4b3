package org.habeas.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the package of contract section 7: for reading, for machines, for spreadsheets, and what is in it. */
final class AnswerPackage {
    static final String FORMAT = "habeas-package/1";

    private static final JsonFactory JSON = new JsonFactory();

    private final Contents contents;

    AnswerPackage(Contents contents) {
        this.contents = contents;
    }

    /** Writes the whole zip in bounded memory; leaves the stream open. */
    void writeTo(OutputStream out) throws IOException {
        PackageZip zip = new PackageZip(out, contents.generatedAt());
        zip.add("summary.html", file -> new Summary(contents).writeTo(file));
        zip.add("data.json", file -> new DataFile(contents).writeTo(file));
        for (Contents.Part part : contents.parts()) {
            zip.add(csv(part), file -> new TableFile(contents, part).writeTo(file));
        }
        zip.add("manifest.json", file -> manifest(zip, file));
        zip.finish();
    }

    static String csv(Contents.Part part) {
        return "csv/" + PackageZip.safe(part.system().system() + "." + part.name()) + ".csv";
    }

    private static void manifest(PackageZip zip, OutputStream file) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(file)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeArrayFieldStart("files");
            for (PackageZip.Written written : zip.written()) {
                json.writeStartObject();
                json.writeStringField("name", written.name());
                json.writeNumberField("size", written.size());
                json.writeStringField("sha256", written.sha256());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }
}

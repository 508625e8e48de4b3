package org.habeas.pdf;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A page of well-formed HTML as a PDF. */
public final class Pdf {
    private Pdf() {}

    public static byte[] of(String html) {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        try {
            PdfRendererBuilder builder = new PdfRendererBuilder();
            // nothing is fetched from anywhere: the page holds all it needs
            builder.useUriResolver((base, uri) -> null);
            builder.withDiagnosticConsumer(diagnostic -> {});
            builder.withHtmlContent(html, null);
            builder.toStream(pdf);
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return pdf.toByteArray();
    }
}

package org.habeas.policy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** CommonMark with tables; HTML in it is shown and not obeyed, and links lead to the web or to mail only. */
@ApplicationScoped
class Markdown {
    private static final List<Extension> TABLES = List.of(TablesExtension.create());

    private final Parser parser = Parser.builder()
            .extensions(TABLES)
            .includeSourceSpans(IncludeSourceSpans.NONE)
            .build();
    private final HtmlRenderer html = HtmlRenderer.builder()
            .extensions(TABLES)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();

    String html(String markdown) {
        return html.render(parser.parse(markdown));
    }

    /** What a reader sees, a paragraph, heading, point or table row at a time, without its decoration. */
    List<String> blocks(String markdown) {
        List<String> blocks = new ArrayList<>();
        collect(parser.parse(markdown), blocks);
        return blocks;
    }

    private void collect(Node node, List<String> blocks) {
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            boolean leaf = child instanceof Paragraph
                    || child instanceof Heading
                    || child instanceof TableRow
                    || child instanceof FencedCodeBlock
                    || child instanceof IndentedCodeBlock
                    || child instanceof HtmlBlock;
            if (leaf) {
                String text = text(child).strip();
                if (!text.isEmpty()) {
                    blocks.add(text);
                }
            } else if (child instanceof Block || child.getFirstChild() != null) {
                collect(child, blocks);
            }
        }
    }

    /** The words of a node without their decoration; where a link leads is part of what is said. */
    private static String text(Node node) {
        if (node instanceof Text text) {
            return text.getLiteral();
        } else if (node instanceof Code code) {
            return code.getLiteral();
        } else if (node instanceof HtmlInline html) {
            return html.getLiteral();
        } else if (node instanceof HtmlBlock html) {
            return html.getLiteral();
        } else if (node instanceof FencedCodeBlock code) {
            return code.getLiteral();
        } else if (node instanceof IndentedCodeBlock code) {
            return code.getLiteral();
        } else if (node instanceof SoftLineBreak || node instanceof HardLineBreak) {
            return " ";
        }
        StringBuilder all = new StringBuilder();
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            all.append(child instanceof TableCell && child.getPrevious() != null ? " | " : "")
                    .append(text(child));
        }
        return node instanceof Link link && !all.toString().equals(link.getDestination())
                ? all + " (" + link.getDestination() + ")"
                : all.toString();
    }
}

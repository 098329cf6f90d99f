package dev.rekey.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** What was measured with one set of data, for people and for machines. */
record Figures(DataSet set, List<Measurement> all, List<Part> parts) {
    private static final int BAR = 22;
    private static final int LABELS = 260;
    private static final int LONGEST = 420;

    private Measurement named(String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    private String ratio(Measurement one) {
        return one.reference()
                .map(name -> String.format(Locale.ROOT, "%.2f of %s", one.ratio(named(name)), name))
                .orElse("");
    }

    private String verdict(Measurement one) {
        return one.target()
                .map(least -> (one.ratio(named(one.reference().orElseThrow())) >= least ? "met" : "missed")
                        + String.format(Locale.ROOT, " (%.2f)", least))
                .orElse("");
    }

    String markdown() {
        var text = new StringBuilder(
                "### " + set.title() + "\n\n| what | records/s | ratio | target |\n|---|---:|---|---|\n");
        for (var one : all) {
            text.append(String.format(
                    Locale.ROOT, "| %s | %,.0f | %s | %s |%n", one.name(), one.rate(), ratio(one), verdict(one)));
        }
        parts.forEach(part -> text.append("\n").append(part.markdown()));
        return text.toString();
    }

    ObjectNode json() {
        var json =
                JsonNodeFactory.instance.objectNode().put("data", set.title()).put("records", set.records());
        var list = json.putArray("measurements");
        for (var one : all) {
            var item = list.addObject().put("name", one.name()).put("recordsPerSecond", one.rate());
            var rounds = item.putArray("rounds");
            one.rates().forEach(rounds::add);
            one.reference().ifPresent(name -> item.put("reference", name).put("ratio", one.ratio(named(name))));
            one.target().ifPresent(least -> item.put("target", least));
        }
        parts.forEach(part -> json.set(part.name(), part.json()));
        return json;
    }

    /** A chart of bars. */
    String svg() {
        double most = all.stream().mapToDouble(Measurement::rate).max().orElse(1);
        int height = all.size() * BAR + 30;
        var svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\" role=\"img\"><title>Records a second, %s</title>%n",
                LABELS + LONGEST + 80,
                height,
                set.title()));
        for (int i = 0; i < all.size(); i++) {
            var one = all.get(i);
            int y = i * BAR + 10;
            int width = (int) Math.max(1, one.rate() / most * LONGEST);
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text><rect x=\"%d\" y=\"%d\" width=\"%d\""
                            + " height=\"%d\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%,.0f</text>%n",
                    LABELS - 8,
                    y + 12,
                    one.name(),
                    LABELS,
                    y,
                    width,
                    BAR - 6,
                    one.reference().isPresent() ? "#2563eb" : "#9ca3af",
                    LABELS + width + 6,
                    y + 12,
                    one.rate()));
        }
        return svg.append("</svg>\n").toString();
    }
}

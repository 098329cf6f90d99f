package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.engine.run.State;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyTextTest {
    private static final String PLAN = """
        plan: promote
        source: { tables: "{table}-staging" }
        target: { tables: "{table}-production" }
        identity: { rule: derive, namespace: production }
        tables:
          Orders: {}
        """;
    private static final String OUTPUT = """
        {"run":"20260102T030405678Z-0123abcd","action":"analyze","plan":"promote","outcome":"analyzed","verdict":"ready",
         "message":"The plan fits.","drift":0,"report":"s3://bucket/runs/r/reports/analyzed.json"}
        """;
    private static final String REPORT = """
        {"outcome":"analyzed","tables":{},"survey":{
         "census":[{"table":"Orders","level":2,"because":[{"path":"customerId","table":"Customers","level":1}],"records":1200,
           "filtered":1,"unmappable":3,"bytes":51000,"targetBytes":187000,
           "targetSizes":{"min":93,"median":93,"p99":94,"max":1094},
           "attributes":[{"name":"id","types":{"S":1200},"missing":0},{"name":"n","types":{"N":3,"S":1100},"missing":97}],
           "attributesLeftOut":0}],
         "references":[{"table":"Orders","path":"customerId","family":"Customers","onOrphan":"FAIL","values":1199,"distinct":80,
           "empty":1,"orphans":7,"outsideFilter":2,"examples":[]}],
         "undeclared":[
           {"table":"Orders","path":"sk","part":2,"family":"Customers","values":1200,"matched":1100,"distinct":80,
            "evidence":"strong","changes":true},
           {"table":"Orders","path":"quantity","part":0,"family":"Lines","values":1200,"matched":1200,"distinct":3,
            "evidence":"weak","changes":true}],
         "forecast":{"tables":[{"table":"Orders","readUnits":9,"writeUnits":1200,"indexWriteUnits":34}],"readUnits":4567,
           "writeUnits":1234,"objectWrites":40,"objectReads":60,"stateTransitions":75,"invocations":18,"functionSeconds":20,
           "seconds":75,"limitedBy":"the workflow's own steps","price":{"region":"us-east-1","pricesOf":"2025-11-01",
           "reads":0.000002,"writes":0.00077,"objects":0.0002,"transitions":0.0019,"functions":0.0004,"total":1.5},
           "assumptions":[]}}}
        """;

    private final Shell shell;

    SurveyTextTest(@TempDir Path directory) {
        shell = new Shell(directory);
        shell.file("plan.yaml", PLAN);
        shell.stack.willEnd(new State.Succeeded(OUTPUT));
    }

    private void report(String sampled) {
        shell.stack.put("runs/r/reports/analyzed.json", REPORT.replace("\"survey\":{", "\"survey\":{" + sampled));
    }

    /** An order number that would become a UUID is seen before it does. */
    @Test
    void whatIdsAreAndBecomeIsAColumn() {
        shell.stack.put(
                "runs/r/reports/analyzed.json",
                REPORT.replace(
                        "\"attributesLeftOut\":0",
                        "\"attributesLeftOut\":0,\"ids\":{\"rule\":\"derive\",\"before\":\"AA-0000\",\"after\":\"UUID\"}"));
        assertThat(shell.run("analyze", "plan.yaml")).isZero();
        assertThat(shell.out())
                .contains("excluded  unmappable  ids                     bytes")
                .contains("derive AA-0000 > UUID");
    }

    @Test
    void unmappableRecordsHaveAColumnOnlyIfThereAreAny() {
        shell.stack.put("runs/r/reports/analyzed.json", REPORT.replace("\"unmappable\":3", "\"unmappable\":0"));
        assertThat(shell.run("analyze", "plan.yaml")).isZero();
        assertThat(shell.out()).contains("level  table   records  excluded   bytes  written  largest  after\n");
    }

    @Test
    void anAnalysisShowsWhatItHasCounted() {
        report("");
        assertThat(shell.run("analyze", "plan.yaml")).isZero();
        assertThat(shell.out().lines())
                .contains(
                        "  level  table   records  excluded  unmappable   bytes  written  largest",
                        "      2  Orders    1,200         1           3  51,000  187,000    1,094",
                        "Orders.n: 3 N, 1,100 S, 97 without",
                        "table   attribute   to         values  distinct  empty  orphans  excluded",
                        "Orders  customerId  Customers   1,199        80      1        7         2",
                        "table   attribute   ids of     values  match  distinct  evidence",
                        "Orders  sk, part 2  Customers   1,200  1,100        80  strong",
                        "1 more place with short values that match ids, possibly by accident: see the report.",
                        "units         1,234 write (34 of them for indexes), 4,567 read",
                        "time          about 1:15 on AWS, limited by the workflow's own steps",
                        "verdict       ready")
                .anyMatch(line -> line.startsWith("price         $1.50 ($0.0008 writes, $0 reads, "));
    }

    @Test
    void everyLineOfASampleSaysSo() {
        report("\"sampled\":1000,");
        assertThat(shell.run("analyze", "plan.yaml", "--sample", "1000")).isZero();
        assertThat(shell.stack.inputs).allMatch(input -> input.contains("\"sample\":1000"));
        assertThat(shell.out().lines().filter(line -> !line.isEmpty()))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("[sample of 1,000] "));
    }

    @Test
    void aReportOfANewerStackDoesNotMakeAnExecutionAFailure() {
        shell.stack.put("runs/r/reports/analyzed.json", "{\"format\":2}");
        assertThat(shell.run("analyze", "plan.yaml")).isZero();
        assertThat(shell.out().lines())
                .contains(
                        "The plan fits.",
                        "report        s3://bucket/runs/r/reports/analyzed.json",
                        "verdict       ready");
    }

    @Test
    void programsGetTheSurvey() {
        report("");
        shell.run("analyze", "plan.yaml", "--json");
        assertThat(shell.out()).contains("\"survey\" : {").contains("\"outsideFilter\" : 2");
    }

    @Test
    void aSampleOfNothingIsRefused() {
        assertThat(shell.run("analyze", "plan.yaml", "--sample", "0")).isEqualTo(2);
        assertThat(shell.err()).contains("a sample needs at least 1 record");
        assertThat(shell.stack.inputs).isEmpty();
    }

    @Test
    void oldIdsAtAcceptedPlacesAreOneLineAndAccidentsAreInTheReport() {
        shell.stack.put("runs/r/reports/migrated.json", """
            {"outcome":"migrated","tables":{},"stale":[
              {"table":"Orders","path":"note","part":0,"family":"Customers","values":30,"distinct":30,"evidence":"strong","accepted":true},
              {"table":"Orders","path":"sk","part":2,"family":"Customers","values":7,"distinct":7,"evidence":"named","accepted":true},
              {"table":"Orders","path":"quantity","part":0,"family":"Lines","values":9,"distinct":3,"evidence":"weak","accepted":false}]}
            """);
        shell.stack.willEnd(new State.Succeeded("""
                        {"run":"20260102T030405678Z-0123abcd","outcome":"migrated","message":"Done.","drift":0,
                         "report":"s3://bucket/runs/r/reports/migrated.json"}
                        """));
        assertThat(shell.run("migrate", "plan.yaml", "--yes")).isZero();
        assertThat(shell.out())
                .contains("Old ids at accepted places: Orders.note (30), Orders.sk, part 2 (7).")
                .doesNotContain("quantity", "Old ids in the target");
    }
}

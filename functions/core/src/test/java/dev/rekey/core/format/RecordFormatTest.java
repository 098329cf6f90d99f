package dev.rekey.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.format.Reading.Item;
import dev.rekey.core.format.Reading.Unreadable;
import dev.rekey.core.item.KeyType;
import dev.rekey.core.item.TypedJson;
import dev.rekey.core.plan.CellType;
import dev.rekey.core.plan.FileFormat;
import dev.rekey.core.plan.ReferencePath;
import dev.rekey.core.plan.ReferencePath.Step.Elements;
import dev.rekey.core.plan.ReferencePath.Step.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordFormatTest {
    private static final FormatOptions CUSTOMERS = new FormatOptions(
            FileFormat.CSV,
            ',',
            Map.of("Customer No", "id"),
            Map.of(
                    path("age"),
                    CellType.N,
                    path("active"),
                    CellType.BOOL,
                    path("photo"),
                    CellType.B,
                    path("tags"),
                    CellType.SS,
                    path("scores"),
                    CellType.NS,
                    path("keys"),
                    CellType.BS,
                    path("list"),
                    CellType.L,
                    path("address"),
                    CellType.M,
                    new ReferencePath(
                            "address.lines[]", List.of(new Field("address"), new Field("lines"), new Elements())),
                    CellType.N,
                    path("raw"),
                    CellType.ANY),
            Map.of("id", KeyType.S, "since", KeyType.N),
            Set.of("id"));

    @Test
    void aCellIsReadAsItsTypeSays() {
        assertThat(
                        csv(
                                "Customer No,age,active,photo,tags,scores,list,address,raw,name,since",
                                "7,1E2,true,AP8=,\"[\"\"b\"\",\"\"a\"\"]\",\"[1,\"\"2.50\"\"]\",\"[1,null,{}]\","
                                        + "\"{\"\"lines\"\":[\"\"5\"\"]}\",\"{\"\"BS\"\":[\"\"AA==\"\"]}\",\" Ann\n\"\"x\"\" \",3"))
                .isEqualTo("{'active':{'BOOL':true},'address':{'M':{'lines':{'L':[{'N':'5'}]}}},'age':{'N':'100'},"
                        + "'id':{'S':'7'},'list':{'L':[{'N':'1'},{'NULL':true},{'M':{}}]},'name':{'S':' Ann\\n\\'x\\' '},"
                        + "'photo':{'B':'AP8='},'raw':{'BS':['AA==']},'scores':{'NS':['1','2.5']},'since':{'N':'3'},"
                        + "'tags':{'SS':['b','a']}}");
    }

    @Test
    void absentEmptyAndNullAreThreeThings() {
        assertThat(csv("Customer No,a,b,c,d", "7,,\"\",\\N,\"\\N\""))
                .isEqualTo("{'b':{'S':''},'c':{'NULL':true},'d':{'S':'\\\\N'},'id':{'S':'7'}}");
        assertThat(csv("Customer No,tags,age", "7,[],\\N")).isEqualTo("{'age':{'NULL':true},'id':{'S':'7'}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "age|x|line 2, column age: is no number of at most 38 digits that DynamoDB can hold",
                "age|123456789012345678901234567890123456789|"
                        + "line 2, column age: is no number of at most 38 digits that DynamoDB can hold",
                "age|1E126|line 2, column age: is no number of at most 38 digits that DynamoDB can hold",
                "age|' 1'|line 2, column age: is no number of at most 38 digits that DynamoDB can hold",
                "active|True|line 2, column active: is not true or false",
                "photo|?|line 2, column photo: is not Base64",
                "tags|a|line 2, column tags: is not JSON",
                "tags|[a]|line 2, column tags: is not JSON",
                "tags|[1]|line 2, column tags: is a number, not a text",
                "tags|{}|line 2, column tags: is an object, not a list",
                "scores|[true]|line 2, column scores: is a boolean, not a text",
                "list|{}|line 2, column list: is an object, not a list",
                "list|[] []|line 2, column list: is not JSON",
                "address|7|line 2, column address: is a number, not an object"
            })
    void aCellThatItsTypeDoesNotTakeIsNamed(String column, String cell, String message) {
        assertThat(csv("Customer No," + column, "7," + cell)).isEqualTo("file.cell " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7;{\"a\":1,\"a\":2}|address.a: is there twice",
                "7;{\"a\":\"\\ud800\"}|address.a: holds half a character, which is not Unicode",
                "7;{\"lines\":[1,true]}|address.lines[]: is a boolean, not a text"
            })
    void aPlaceWithinACellIsNamed(String line, String message) {
        assertThat(csv("Customer No,address", line.replace("\"", "\"\"").replaceFirst(";(.*)", ",\"$1\"")))
                .isEqualTo("file.cell line 2, column " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|line 2: has 1 cell, and the first line names 2 columns",
                "7,a,|line 2: has 3 cells, and the first line names 2 columns",
                "7,a\"b|line 2: has a quote that is neither around a whole cell nor doubled within one",
                "7,\"a\"b|line 2: has a quote that is neither around a whole cell nor doubled within one",
                "7,\"a|line 2: has a quote that is not closed before the end of the file"
            })
    void aLineThatIsNoRecordIsNamed(String line, String message) {
        assertThat(csv("Customer No,name", line)).isEqualTo("file.record " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Customer No,a,a|line 1, column a: is there twice",
                "Customer No,id|line 1, column id: is there twice",
                "Customer No,|line 1, column 2: has no name",
                "a,b|line 1, column id: is a key of the table, and no column gives it"
            })
    void aLineOfNamesThatNamesNoColumnsIsRefused(String header, String message) {
        assertThatThrownBy(() -> read(CUSTOMERS, header + "\n"))
                .isInstanceOfSatisfying(
                        UnreadableException.class,
                        e -> assertThat(e.unreadable().problem().id()).isEqualTo("file.header"))
                .hasMessage(message);
        assertThatThrownBy(() -> read(CUSTOMERS, "")).hasMessage("line 1: names no columns");
    }

    @Test
    void aRecordWithoutTheKeyIsNamed() {
        assertThat(csv("Customer No,a", ",1"))
                .isEqualTo("file.cell line 2, column id: is absent, but the table's key needs S");
        assertThat(csv("Customer No,a", "\\N,1"))
                .isEqualTo("file.cell line 2, column id: is NUL, but the table's key needs S");
    }

    @Test
    void bytesThatAreNoUtf8AreNamed() throws UnreadableException {
        var bytes = "Customer No,a\n7,éx\n8,\uFFFD".getBytes(StandardCharsets.UTF_8);
        bytes[17] = 'x';
        assertThat(read(CUSTOMERS, bytes))
                .containsExactly(
                        "file.encoding line 2: is not UTF-8 from byte 3 of the record on",
                        "{'a':{'S':'\uFFFD'},'id':{'S':'8'}}");
    }

    @Test
    void otherSeparatorsSeparate() throws UnreadableException {
        for (char separator : new char[] {';', '\t', '|'}) {
            var options = new FormatOptions(FileFormat.CSV, separator, Map.of(), Map.of(), Map.of(), Set.of());
            assertThat(read(options, "a,b;c\n1,2;3\n".replace(';', separator)))
                    .containsExactly("{'a,b':{'S':'1,2'},'c':{'S':'3'}}");
        }
    }

    @Test
    void postgresWritesCellsOfItsOwn() throws UnreadableException {
        var options = new FormatOptions(
                FileFormat.POSTGRES, ',', Map.of(), CUSTOMERS.types(), Map.of("id", KeyType.N), Set.of("id"));
        assertThat(read(options, """
                        id,active,photo,tags,list,keys,a,address
                        7,t,\\x00FF,"{a,""b \\"" c"",""NULL""}","{{x,NULL},{}}","{""\\\\x00""}",\\N,"{""b"": 1.50}"
                        8,f,,{},"[1, ""a""]",,"",
                        9,true,,,,,,
                        """))
                .containsExactly(
                        "{'a':{'S':'\\\\N'},'active':{'BOOL':true},'address':{'M':{'b':{'N':'1.5'}}},'id':{'N':'7'},"
                                + "'keys':{'BS':['AA==']},'list':{'L':[{'L':[{'S':'x'},{'NULL':true}]},{'L':[]}]},"
                                + "'photo':{'B':'AP8='},'tags':{'SS':['a','b \\' c','NULL']}}",
                        "{'a':{'S':''},'active':{'BOOL':false},'id':{'N':'8'},'list':{'L':[{'N':'1'},{'S':'a'}]}}",
                        "file.cell line 4, column active: is not t or f");
    }

    @Test
    void anObjectIsAnItem() throws UnreadableException {
        var options = new FormatOptions(
                FileFormat.JSON, ',', CUSTOMERS.columns(), CUSTOMERS.types(), CUSTOMERS.keys(), Set.of("id"));
        assertThat(read(options, """
                        {"Customer No": 700, "age": "5", "tags": [], "scores": [1], "a": {"b": [true, null, 0.10]}, "photo": "AA=="}
                        {"Customer No": "x", "id": "y"}
                        {"Customer No": "x"} {}
                        {"Customer No": "x"
                        [{"Customer No": "x"}]
                        7
                        {"Customer No": true}
                        {"age": 1}
                        """))
                .containsExactly(
                        "{'a':{'M':{'b':{'L':[{'BOOL':true},{'NULL':true},{'N':'0.1'}]}}},'age':{'N':'5'},"
                                + "'id':{'S':'700'},'photo':{'B':'AA=='},'scores':{'NS':['1']}}",
                        "file.cell line 2, column id: is there twice",
                        "file.record line 3, column 22: goes on behind the object",
                        "file.record line 4, column 20: is no JSON object on one line",
                        "file.array line 5: is a JSON list; write one object per line",
                        "file.record line 6, column 2: is no JSON object on one line",
                        "file.cell line 7, column id: is a boolean, not a text",
                        "file.cell line 8, column id: is absent, but the table's key needs S");
    }

    @Test
    void anItemOfDynamoDbIsReadAsItStands() throws UnreadableException {
        var options = FormatOptions.of(FileFormat.DYNAMODB);
        assertThat(read(options, """
                        {"Item":{"id":{"S":"a"},"n":{"N":"1.50"}}}
                        {"id":{"S":"a"}}
                        {"Item":{"S":"a"},"id":{"S":"b"}}
                        {"Item":{"M":{"S":{"S":"a"}}},"id":{"S":"b"}}
                        {"Item":{"M":{"S":"a"}}}
                        {"Item":{}}
                        {"id":{"N":"x"}}
                        {"id":{"M":{"a":{"L":[{"SS":[]}]}}}}
                        {"id":{"NS":["1","1.0"]}}
                        {"Item":{"id":{"S":"a"}},"more":1}
                        {"id":{"X":"a"}}
                        """))
                .containsExactly(
                        "{'id':{'S':'a'},'n':{'N':'1.50'}}",
                        "{'id':{'S':'a'}}",
                        "{'Item':{'S':'a'},'id':{'S':'b'}}",
                        "{'Item':{'M':{'S':{'S':'a'}}},'id':{'S':'b'}}",
                        "{'M':{'S':'a'}}",
                        "{}",
                        "file.cell line 7, column id: is no number of at most 38 digits that DynamoDB can hold",
                        "file.cell line 8, column id.a[]: is a set without elements, which DynamoDB cannot hold",
                        "file.cell line 9, column id: is a set with an element twice",
                        "file.record line 10, column 34: is no JSON object on one line",
                        "file.record line 11, column 13: is no JSON object on one line");
    }

    @Test
    void extendedJsonIsReadRelaxedAndCanonical() throws UnreadableException {
        var options = new FormatOptions(
                FileFormat.MONGO, ',', Map.of("_id", "id"), Map.of(), Map.of("id", KeyType.S), Set.of("id"));
        assertThat(read(options, """
                        {"_id":{"$oid":"5f0c"},"i":{"$numberInt":"7"},"l":{"$numberLong":"9223372036854775807"},"d":{"$numberDouble":"1.5"}}
                        {"_id":8,"d":{"$numberDecimal":"1E-5"},"at":{"$date":"2020-01-02T03:04:05Z"},"was":{"$date":{"$numberLong":"-1"}}}
                        {"_id":"x","b":{"$binary":{"base64":"AP8=","subType":"00"}},"author":{"$ref":"people","$id":{"$oid":"6a"}}}
                        {"_id":"x","a":[null,true,{"$regularExpression":{"pattern":"a","options":""}},{}]}
                        {"_id":"x","a":[{"$numberDouble":"NaN"}]}
                        {"_id":"x","a":{"$minKey":1}}
                        {"_id":"x","a":{"$oid":"5","x":1}}
                        {"_id":"x","a":{"$date":"yesterday"}}
                        """))
                .containsExactly(
                        "{'d':{'N':'1.5'},'i':{'N':'7'},'id':{'S':'5f0c'},'l':{'N':'9223372036854775807'}}",
                        "{'at':{'S':'2020-01-02T03:04:05.000Z'},'d':{'N':'0.00001'},'id':{'S':'8'},"
                                + "'was':{'S':'1969-12-31T23:59:59.999Z'}}",
                        "{'author':{'M':{'$id':{'S':'6a'},'$ref':{'S':'people'}}},'b':{'B':'AP8='},'id':{'S':'x'}}",
                        "{'a':{'L':[{'NULL':true},{'BOOL':true},{'M':{'$regularExpression':{'M':{'options':{'S':''},"
                                + "'pattern':{'S':'a'}}}}},{'M':{}}]},'id':{'S':'x'}}",
                        "file.cell line 5, column a[]: is NaN or infinite, which DynamoDB cannot hold",
                        "file.cell line 6, column a: is $minKey, which has no counterpart in DynamoDB",
                        "file.cell line 7, column a: names a type and holds more than its value",
                        "file.cell line 8, column a: is no $date with a time or with milliseconds");
    }

    private static ReferencePath path(String name) {
        return new ReferencePath(name, List.of(new Field(name)));
    }

    private static String csv(String header, String line) {
        try {
            return read(CUSTOMERS, header + "\n" + line).getFirst();
        } catch (UnreadableException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> read(FormatOptions options, String file) throws UnreadableException {
        return read(options, file.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> read(FormatOptions options, byte[] file) throws UnreadableException {
        var format = RecordFormat.of(options);
        var splitter = new RecordSplitter(format.framing(), 0, 1);
        var records = new ArrayList<>(splitter.add(file, 0, file.length));
        splitter.end().ifPresent(records::add);
        Optional<RawRecord> header =
                format.hasHeader() && !records.isEmpty() ? Optional.of(records.removeFirst()) : Optional.empty();
        var reader = format.reader(header);
        return records.stream().map(reader::read).map(RecordFormatTest::text).toList();
    }

    /** With single quotes in place of double ones. */
    private static String text(Reading reading) {
        return switch (reading) {
            case Item(var item) -> TypedJson.text(item).replace('"', '\'');
            case Unreadable unreadable -> unreadable.problem().id() + " " + unreadable.text();
        };
    }
}

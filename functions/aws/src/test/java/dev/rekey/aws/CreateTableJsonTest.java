package dev.rekey.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

class CreateTableJsonTest {
    private static final String WHOLE = """
        {
          "TableName": "audit",
          "AttributeDefinitions": [
            {"AttributeName": "id", "AttributeType": "S"},
            {"AttributeName": "at", "AttributeType": "N"}
          ],
          "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
          "GlobalSecondaryIndexes": [{
            "IndexName": "byTime",
            "KeySchema": [{"AttributeName": "at", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["what", "who"]},
            "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6}
          }],
          "BillingMode": "PROVISIONED",
          "ProvisionedThroughput": {"ReadCapacityUnits": 7, "WriteCapacityUnits": 8},
          "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"},
          "SSESpecification": {"Enabled": true, "SSEType": "KMS", "KMSMasterKeyId": "alias/own"},
          "DeletionProtectionEnabled": true,
          "Tags": [{"Key": "team", "Value": "data"}]
        }
        """;

    @Test
    void everyFieldIsRead() {
        var read = CreateTableJson.read(WHOLE);

        assertThat(read.tableName()).isEqualTo("audit");
        assertThat(read.attributeDefinitions()).hasSize(2);
        assertThat(read.keySchema().getFirst().attributeName()).isEqualTo("id");
        var index = read.globalSecondaryIndexes().getFirst();
        assertThat(index.projection().projectionType()).isEqualTo(ProjectionType.INCLUDE);
        assertThat(index.projection().nonKeyAttributes()).containsExactly("what", "who");
        assertThat(index.provisionedThroughput().writeCapacityUnits()).isEqualTo(6);
        assertThat(read.billingMode()).isEqualTo(BillingMode.PROVISIONED);
        assertThat(read.streamSpecification().streamViewType()).isEqualTo(StreamViewType.NEW_IMAGE);
        assertThat(read.sseSpecification().kmsMasterKeyId()).isEqualTo("alias/own");
        assertThat(read.deletionProtectionEnabled()).isTrue();
        assertThat(read.tags().getFirst().value()).isEqualTo("data");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "TableName": "audit",       | "TableNam": "audit",     | it has the unknown field TableNam; known are AttributeDefinitions, BillingMode
        "TableName": "audit",       | "TableName": 5,          | the field TableName is not a text
        "TableName": "audit",       | ""                       | it is not JSON at line
        "IndexName": "byTime",      | "Index": "byTime",       | the unknown field GlobalSecondaryIndexes[0].Index;
        "ReadCapacityUnits": 7      | "ReadCapacityUnits": "7" | the field ProvisionedThroughput.ReadCapacityUnits is not a whole number
        "StreamEnabled": true       | "StreamEnabled": "true"  | the field StreamSpecification.StreamEnabled is not true or false
        ["what", "who"]             | "what"                   | NonKeyAttributes is not a list
        {"ReadCapacityUnits": 7, "WriteCapacityUnits": 8} | 5  | the field ProvisionedThroughput is not an object
        {"AttributeName": "at", "AttributeType": "N"}     | {"AttributeName": "at", "AttributeType": "SS"} | AttributeDefinitions lacks the key attribute at
        """)
    void whatIsNoInputIsRefusedWithItsPlace(String part, String instead, String fact) {
        assertThat(WHOLE).contains(part);

        assertThatThrownBy(() -> CreateTableJson.read(WHOLE.replace(part, instead)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(fact);
    }

    @Test
    void aTableNeedsANameAndAKey() {
        assertThatThrownBy(() -> CreateTableJson.read("{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("it lacks TableName or KeySchema");
    }
}

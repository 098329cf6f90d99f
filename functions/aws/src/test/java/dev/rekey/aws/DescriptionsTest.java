package dev.rekey.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.item.Followers;
import dev.rekey.core.item.PhysicalTable;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.MultiRegionConsistency;
import software.amazon.awssdk.services.dynamodb.model.ReplicaDescription;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** What DynamoDB Local has no tables for. */
final class DescriptionsTest {
    private static Followers followers(Consumer<TableDescription.Builder> more) {
        var description = TableDescription.builder()
                .tableArn("arn:aws:dynamodb:eu-west-1:111122223333:table/Profiles")
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build())
                .applyMutation(more);
        return Descriptions.shape(new PhysicalTable("Profiles"), description.build())
                .followers();
    }

    private static List<ReplicaDescription> replicas(String... regions) {
        return Stream.of(regions)
                .map(region -> ReplicaDescription.builder().regionName(region).build())
                .toList();
    }

    @Test
    void aTableAloneHasNoFollowers() {
        assertThat(followers(_ -> {})).isEqualTo(Followers.NONE);
        assertThat(followers(table -> table.streamSpecification(stream -> stream.streamEnabled(false))))
                .isEqualTo(Followers.NONE);
    }

    @Test
    void replicasInOtherRegionsAreNamed() {
        assertThat(followers(table -> table.replicas(replicas("us-east-1", "eu-west-1", "eu-central-1"))))
                .isEqualTo(new Followers(List.of("eu-central-1", "us-east-1"), false, false));
        assertThat(followers(table ->
                        table.replicas(replicas("us-east-1")).multiRegionConsistency(MultiRegionConsistency.EVENTUAL)))
                .isEqualTo(new Followers(List.of("us-east-1"), false, false));
        assertThat(followers(table ->
                        table.replicas(replicas("us-east-1")).multiRegionConsistency(MultiRegionConsistency.STRONG)))
                .isEqualTo(new Followers(List.of("us-east-1"), true, false));
    }

    @Test
    void anEnabledStreamIsNoted() {
        assertThat(followers(table -> table.streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE))))
                .isEqualTo(new Followers(List.of(), false, true));
    }
}

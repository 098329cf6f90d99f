package dev.rekey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import org.junit.jupiter.api.Test;

final class SideWordsTest {
    @Test
    void namesTheTablesThatDoNotFollowTheTemplates() {
        var reading = (PlanReading.Valid) PlanReader.read("""
            plan: moved
            source: { tables: "{table}-staging" }
            target: { tables: "{table}-production", region: eu-west-1 }
            identity: { rule: keep }
            tables:
              Customers: { target: some-other-table }
              Orders: {}
            """);

        assertThat(SideWords.moves(reading.plan()))
                .containsExactly(
                        "  from  {table}-staging",
                        "  to    {table}-production in eu-west-1",
                        "  but   Customers-staging to some-other-table");
    }

    @Test
    void tablesOfEitherModeHaveTheirPlaces() {
        var reading = (PlanReading.Valid) PlanReader.read("""
            plan: contacts
            source: { tables: "{table}" }
            target: { tables: "{table}", region: eu-west-1 }
            identity: { rule: keep }
            tables:
              Contacts: { source: customers, target: contacts }
              Companies: { mode: inPlace, set: { seen: true } }
              Orders: { mode: inPlace, source: sales, set: { seen: true } }
            """);

        assertThat(SideWords.moves(reading.plan()))
                .containsExactly(
                        "  from  {table}",
                        "  to    {table} in eu-west-1",
                        "  but   customers to contacts",
                        "  in    {table}: Companies, Orders",
                        "  but   Orders in sales");
    }

    @Test
    void recordsThatAreChangedInPlaceHaveOnePlace() {
        var reading = (PlanReading.Valid) PlanReader.read("""
            plan: tenants
            mode: inPlace
            source: { tables: "{table}-live", region: eu-west-1 }
            tables:
              Profiles: { source: people, set: { seen: true } }
              Claims: { set: { seen: true } }
            """);

        assertThat(SideWords.moves(reading.plan()))
                .containsExactly("  in    {table}-live in eu-west-1", "  but   Profiles in people");
    }
}

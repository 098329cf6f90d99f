package dev.rekey.engine.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.core.item.PhysicalTable;
import dev.rekey.core.plan.TableName;
import org.junit.jupiter.api.Test;

class TableTemplateTest {
    @Test
    void readsTheNameOutOfAPhysicalOne() {
        var template = new TableTemplate("app-{table}-staging");

        assertThat(template.nameOf(new PhysicalTable("app-Orders-staging"))).contains(new TableName("Orders"));
        assertThat(template.nameOf(new PhysicalTable("app--staging"))).isEmpty();
        assertThat(template.nameOf(new PhysicalTable("Orders-staging"))).isEmpty();
        assertThat(template.nameOf(new PhysicalTable("app-staging"))).isEmpty();
    }

    @Test
    void aTargetIsNoSourceEvenIfTheTemplateTakesEverything() {
        var source = new TableTemplate("{table}");
        var target = new TableTemplate("{table}-new");

        assertThat(target.isTargetOf(source, new PhysicalTable("Orders-new"))).isTrue();
        assertThat(target.isTargetOf(source, new PhysicalTable("Orders"))).isFalse();
    }

    @Test
    void aTemplateHoldsItsVariableOnce() {
        assertThatThrownBy(() -> new TableTemplate("orders")).hasMessageContaining("{table}");
        assertThatThrownBy(() -> new TableTemplate("{table}{table}")).hasMessageContaining("{table}");
    }
}

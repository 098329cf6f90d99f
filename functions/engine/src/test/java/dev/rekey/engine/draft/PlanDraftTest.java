package dev.rekey.engine.draft;

import static dev.rekey.engine.draft.Shop.n;
import static dev.rekey.engine.draft.Shop.s;
import static dev.rekey.engine.draft.Shop.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.core.plan.reading.PlanReader;
import dev.rekey.core.plan.reading.PlanReading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class PlanDraftTest {
    private final Shop shop = new Shop();

    @Test
    void numbersThatFallAmongIdsAreNoReferencesUnlessTheirNameSaysSo() {
        shop.table("Artist", "ArtistId:N").table("Album", "AlbumId:N");
        for (int i = 1; i <= 3000; i++) {
            shop.put("Artist", Map.of("ArtistId", n(i)));
        }
        for (int i = 1; i <= 50; i++) {
            shop.put(
                    "Album",
                    Map.of(
                            "AlbumId", n(i),
                            "ArtistId", n(i % 20 + 1),
                            "Quantity", n(i % 4 + 1),
                            "Year", n(1970 + i),
                            "Price", n(i * 10L),
                            "artist", n(7),
                            "externalArtistId", n(i + 5)));
        }

        assertThat(shop.references("Album")).containsExactly("ArtistId: Artist");
        assertThat(shop.text())
                .contains("50 of 50 values are ids of Artist; the name matches too")
                .containsPattern(
                        "#   Price: Artist +# perhaps: 50 of 50 values are ids of Artist; 50 different among its 3,000")
                .containsPattern("#   Year: Artist +# perhaps: ")
                .contains("#   externalArtistId: Artist")
                .contains("#   artist: Artist");
        assertThat(shop.key("Album")).containsExactly("AlbumId: self");
        assertThat(shop.text()).contains("digits: 15");
    }

    /** A number of a line of an order would look the same, so nothing is written without a word. */
    @Test
    void aKeyThatIsNumberedAfterATableIsPerhapsAReference() {
        shop.table("Depots", "no:N").table("Stock", "depotNo:N", "partId:S").table("Parts", "id:S");
        for (int i = 1; i <= 40; i++) {
            shop.put("Depots", Map.of("no", n(i)));
            shop.put("Parts", Map.of("id", s("part-" + i)));
            shop.put("Stock", Map.of("depotNo", n(i % 7 + 1), "partId", s("part-" + i), "fromDepotNo", n(i % 5 + 1)));
        }

        assertThat(shop.key("Stock")).containsExactly("depotNo: self", "partId: Parts");
        assertThat(shop.text())
                .contains("possible reference: depotNo: Depots (40 of 40 values are ids of Depots")
                .contains("#   fromDepotNo: Depots");
    }

    @Test
    void aNumberOfTheSameNameAsAKeyIsAReference() {
        shop.table("Vendors", "supplierNo:N").table("Goods", "id:S").table("Lines", "no:N");
        for (int i = 1; i <= 5; i++) {
            shop.put("Vendors", Map.of("supplierNo", n(i)));
            shop.put("Lines", Map.of("no", n(i)));
            shop.put("Goods", Map.of("id", s("g" + i), "supplierNo", n(i % 3 + 1), "no", n(i)));
        }

        assertThat(shop.references("Goods")).containsExactly("supplierNo: Vendors");
    }

    @Test
    void datesAreNoReferencesToATableOfDays() {
        shop.table("Reports", "day:S").table("Visits", "id:S");
        for (int i = 10; i < 30; i++) {
            shop.put("Reports", Map.of("day", s("2026-01-" + i)));
            shop.put("Visits", Map.of("id", s(uuid("v", i)), "createdOn", s("2026-01-" + i)));
        }

        assertThat(shop.references("Visits")).isEmpty();
        assertThat(shop.text()).containsPattern("#   createdOn: Reports +# perhaps: 20 of 20");
    }

    @Test
    void idsMadeByChanceDecideByThemselvesWhateverTheName() {
        shop.people();
        shop.table("Requests", "id:S");
        for (int i = 0; i < 20; i++) {
            shop.put("Requests", Map.of("id", s(uuid("r", i)), "whoever", s(uuid("Contacts", i % 7)), "note", s("")));
        }

        assertThat(shop.references("Requests")).containsExactly("whoever: Contacts");
        assertThat(shop.text()).contains("# 20 of 20 values are ids of Contacts\n");
    }

    @Test
    void fewOrphansStayAReferenceAndManyAreDoubtful() {
        shop.people();
        shop.table("Requests", "id:S");
        for (int i = 0; i < 40; i++) {
            shop.put(
                    "Requests",
                    Map.of(
                            "id", s(uuid("r", i)),
                            "agentId", s(uuid(i == 0 ? "lost" : "Contacts", i % 30)),
                            "ownerId", s(uuid(i < 20 ? "lost" : "Contacts", i % 30))));
        }

        assertThat(shop.references("Requests")).containsExactly("agentId: Contacts");
        assertThat(shop.text())
                .contains("39 of 40 values are ids of Contacts; 1 is not")
                .contains("#   ownerId: Contacts")
                .contains("20 of 40 values are ids of Contacts; 20 are not");
    }

    @Test
    void ofTwoTablesOfTheSameIdsTheNameDecidesElseNobody() {
        shop.people();
        shop.table("Accounts", "id:S").table("Orders", "id:S");
        for (int i = 0; i < 30; i++) {
            shop.put("Accounts", Map.of("id", s(uuid("Contacts", i))));
            shop.put(
                    "Orders",
                    Map.of(
                            "id", s(uuid("o", i)),
                            "accountId", s(uuid("Contacts", i)),
                            "payer", s(uuid("Contacts", i))));
        }

        assertThat(shop.references("Orders")).containsExactly("accountId: Accounts");
        assertThat(shop.text()).contains("#   payer: Accounts").contains("#   payer: Contacts");
        assertThat(shop.key("Accounts")).containsExactly("id: self");
        assertThat(shop.text()).contains("possible reference: id: Contacts");
    }

    @Test
    void aSmallNumberRefersToItsOwnTableIfSomeRecordHasNone() {
        shop.table("Employee", "EmployeeId:N").table("Customer", "CustomerId:N").table("Step", "StepId:N");
        for (int i = 1; i <= 9; i++) {
            shop.put(
                    "Employee",
                    Map.of("EmployeeId", n(i), "ReportsTo", i == 1 ? AttributeValue.fromNul(true) : n(i / 2)));
            shop.put("Customer", Map.of("CustomerId", n(i), "SupportRepId", n(i % 3 + 3)));
            shop.put("Step", Map.of("StepId", n(i), "parentId", n(3)));
        }

        assertThat(shop.references("Employee")).containsExactly("ReportsTo: Employee");
        assertThat(shop.references("Customer")).isEmpty();
        assertThat(shop.references("Step")).isEmpty();
        assertThat(shop.text().indexOf("SupportRepId: Employee"))
                .isPositive()
                .isLessThan(shop.text().indexOf("SupportRepId: Step"));
    }

    @Test
    void aKeyIsMadeOfReferencesOrOfItsOwnIdentityBelowAnother() {
        shop.table("Playlist", "PlaylistId:N")
                .table("Track", "TrackId:N")
                .table("PlaylistTrack", "PlaylistId:N", "TrackId:N");
        shop.table("Tenants", "id:S")
                .table("Orders", "tenantId:S", "orderId:S")
                .table("Lines", "orderId:S", "lineNo:N");
        for (int i = 1; i <= 12; i++) {
            shop.put("Playlist", Map.of("PlaylistId", n(i)))
                    .put("Track", Map.of("TrackId", n(i)))
                    .put("PlaylistTrack", Map.of("PlaylistId", n(i), "TrackId", n(13 - i)))
                    .put("Tenants", Map.of("id", s(uuid("t", i % 3))))
                    .put("Orders", Map.of("tenantId", s(uuid("t", i % 3)), "orderId", s(uuid("o", i))))
                    .put("Lines", Map.of("orderId", s(uuid("o", i)), "lineNo", n(1)));
        }

        assertThat(shop.key("PlaylistTrack")).containsExactly("PlaylistId: Playlist", "TrackId: Track");
        assertThat(shop.key("Orders")).containsExactly("orderId: self", "tenantId: Tenants");
        assertThat(shop.key("Lines")).containsExactly("lineNo: keep", "orderId: Orders");
        assertThat(shop.key("Playlist")).containsExactly("PlaylistId: self");
    }

    @Test
    void twoTablesUnderTheSameIdsOfATableThatIsNotHereAreShown() {
        shop.table("Lines", "orderId:S", "lineNo:N").table("Notes", "orderId:S", "noteNo:N");
        for (int i = 1; i <= 12; i++) {
            shop.put("Lines", Map.of("orderId", s(uuid("o", i)), "lineNo", n(1)))
                    .put("Notes", Map.of("orderId", s(uuid("o", i)), "noteNo", n(1)));
        }

        assertThat(shop.key("Notes")).containsExactly("noteNo: keep", "orderId: self");
        assertThat(shop.text()).contains("possible reference: orderId: Lines");
    }

    @Test
    void findsReferencesWhereverAPathLeads() {
        shop.people();
        shop.table("Blobs", "id:B").table("Cards", "id:S");
        for (int i = 0; i < 10; i++) {
            var person = s(uuid("Contacts", i));
            var blob = SdkBytes.fromUtf8String("binary-id-" + i);
            shop.put("Blobs", Map.of("id", AttributeValue.fromB(blob)));
            shop.put(
                    "Cards",
                    Map.of(
                            "id", s(uuid("c", i)),
                            "a", AttributeValue.fromM(Map.of("b", person)),
                            "ids", AttributeValue.fromL(List.of(person)),
                            "set", AttributeValue.fromSs(List.of(person.s())),
                            "blobs", AttributeValue.fromBs(List.of(blob)),
                            "items", AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of("ownerId", person)))),
                            "byUser", AttributeValue.fromM(Map.of(person.s(), s("rights"))),
                            "payload", s("{\"actor\": {\"id\": \"" + person.s() + "\"}, \"at\": 3}"),
                            "list", s("[\"" + person.s() + "\"]"),
                            "a.b", person));
        }

        assertThat(shop.references("Cards"))
                .containsExactly(
                        "\"a.b\": Contacts",
                        "a.b: Contacts",
                        "blobs[]: Blobs",
                        "byUser{}: Contacts",
                        "ids[]: Contacts",
                        "items[].ownerId: Contacts",
                        "list|json[]: Contacts",
                        "payload|json.actor.id: Contacts",
                        "set[]: Contacts");
    }

    /** The shape of AWS's own examples of a single table: what its keys are is never decided unasked. */
    @Test
    void aTableWithCompositeKeysIsLeftToWhoeverOwnsIt() {
        shop.table("Shop", Map.of("GSI1", List.of("GSI1PK:S", "GSI1SK:S")), "PK:S", "SK:S");
        for (int i = 1; i <= 4; i++) {
            shop.put("Shop", Map.of("PK", s("CUST#" + i), "SK", s("PROFILE")));
            shop.put(
                    "Shop",
                    Map.of(
                            "PK", s("CUST#" + i),
                            "SK", s("ORDER#7" + i),
                            "GSI1PK", s("ORDER#7" + i),
                            "GSI1SK", s("CUST#" + i)));
            shop.put("Shop", Map.of("PK", s("ORDER#7" + i), "SK", s("ITEM#3")));
        }

        assertThat(shop.key("Shop")).isEmpty();
        assertThat(shop.text())
                .contains("    #   PK: 8 values CUST#…; 4 values ORDER#…\n")
                .contains("    #   SK: 4 of 4 values ORDER#… are ids of Shop\n")
                .contains("    #   GSI1SK: 4 of 4 values CUST#… are ids of Shop\n")
                .contains("    # key: { PK: keep, SK: keep, GSI1PK: keep, GSI1SK: keep }\n");
        assertThat(PlanReader.read(shop.text().replace("    # key: ", "    key: ")))
                .isInstanceOf(PlanReading.Valid.class);
    }

    @Test
    void anIndexKeyThatHoldsIdsOfAnotherTableLeavesTheOtherAttributesAsTheyAre() {
        shop.people();
        shop.table("Visits", Map.of("by", List.of("who:S")), "contactId:S", "at:N");
        for (int i = 0; i < 10; i++) {
            shop.put(
                    "Visits",
                    Map.of("contactId", s(uuid("Contacts", i)), "at", n(i), "who", s("C#" + uuid("Contacts", i))));
        }

        assertThat(shop.key("Visits")).isEmpty();
        assertThat(shop.text())
                .contains("    #   who: part 2 of 10 of 10 values C#…: an id of Contacts\n")
                .contains("    # key: { contactId: Contacts, at: keep, who: keep }\n");
    }

    @Test
    void aMapKeyedByIdsIsOnePathAndNotOneForEachId() {
        shop.table("Parts", "id:S").table("Depots", "id:N");
        for (int i = 1; i <= 300; i++) {
            shop.put("Parts", Map.of("id", s("part-" + i)));
        }
        for (int depot = 1; depot <= 20; depot++) {
            var stock = new HashMap<String, AttributeValue>();
            for (int i = 1; i <= 300; i++) {
                stock.put("part-" + i, n(i % 20 + 1));
            }
            shop.put("Depots", Map.of("id", n(depot), "stock", AttributeValue.fromM(stock)));
        }

        // So many different ids are no accident, whatever the name: the analysis would refuse the plan without them.
        assertThat(shop.references("Depots")).containsExactly("stock{}: Parts");
        assertThat(shop.text())
                .contains("6,000 of 6,000 values are ids of Parts")
                .doesNotContain("stock.part-");
    }

    @Test
    void whereATableIsEmptyNamesProposeAndDecideNothing() {
        shop.table("Customers", "id:S")
                .table("Parts", "id:S")
                .table("Orders", Map.of("byCustomer", List.of("customerId:S")), "orderId:S", "partId:S")
                .table("Visits", "id:S");
        shop.put("Parts", Map.of("id", s("p-1")));
        shop.put("Visits", Map.of("id", s("v-1"), "customerId", s("c-1"), "note", s("c-1")));

        assertThat(shop.references("Orders")).isEmpty();
        assertThat(shop.key("Orders")).containsExactly("orderId: self", "partId: keep");
        assertThat(shop.references("Visits")).isEmpty();
        assertThat(shop.text())
                .contains("# possible reference: partId: Parts (by name only")
                .containsPattern("Orders:(.*\n)*    #   customerId: Customers +# by name only(.*\n)*  Parts:")
                .containsPattern("Visits:(.*\n)*    #   customerId: Customers +# by name only");
    }

    @Test
    void noValueOfARecordStandsInThePlan() {
        shop.people();
        shop.table("Legal", "id:S");
        shop.put("Legal", Map.of("id", s("secret-1"), "by", AttributeValue.fromM(Map.of(uuid("Contacts", 1), s("x")))));

        shop.draft();

        assertThat(shop.text()).doesNotContain("secret-1").doesNotContain(uuid("Contacts", 1));
    }

    @Test
    void idsWithAFormOfTheirOwnAreShownByItAndMayBeKept() {
        shop.table("Orders", "orderNo:S").table("Tokens", "hash:S").table("Notes", "id:S");
        for (int i = 0; i < 30; i++) {
            shop.put("Orders", Map.of("orderNo", s("ORD-%06d".formatted(i))));
            shop.put("Tokens", Map.of("hash", s((uuid("a", i) + uuid("b", i)).replace("-", ""))));
            shop.put("Notes", Map.of("id", s(uuid("n", i)), "orderNo", s("ORD-%06d".formatted(i))));
        }

        assertThat(shop.references("Notes")).containsExactly("orderNo: Orders");
        assertThat(shop.text())
                .contains("# To decide: its ids have the form AAA-000000. They get new ones; to keep them:")
                .contains("    # identity: { rule: keep }")
                .contains(", and nothing refers to them. They get new ones")
                .doesNotContain("ORD-0000")
                .doesNotContainPattern("Notes:.*\n.*\n.*To decide");
        assertThat(PlanReader.read(shop.text().replace("# identity: { rule: keep }", "identity: { rule: keep }")))
                .isInstanceOf(PlanReading.Valid.class);
    }

    @Test
    void aTableWhoseWholeKeyIsTheIdBeatsOneThatHasItAsAPart() {
        shop.table("Members", "memberId:S").table("Roles", "role:S", "grant:S").table("Cards", "id:S");
        for (int i = 0; i < 30; i++) {
            shop.put("Members", Map.of("memberId", s("member-" + (100 + i))));
            shop.put("Roles", Map.of("role", s("role" + i % 2), "grant", s("member-" + (100 + i))));
            shop.put("Cards", Map.of("id", s(uuid("c", i)), "holder", s("member-" + (100 + i))));
        }

        assertThat(shop.references("Cards")).containsExactly("holder: Members");
        assertThat(shop.key("Roles")).containsExactly("grant: Members", "role: self");
    }

    @Test
    void aPartitionKeyThatHoldsTheIdsOfATableUnderAnyNameIsAReference() {
        shop.table("Members", "memberId:S").table("Visits", "who:S", "at:N");
        for (int i = 0; i < 60; i++) {
            shop.put("Members", Map.of("memberId", s("member-" + (100 + i % 30))));
            shop.put("Visits", Map.of("who", s("member-" + (100 + i % 30)), "at", n(i)));
        }

        assertThat(shop.key("Visits")).containsExactly("at: keep", "who: Members");
    }
}

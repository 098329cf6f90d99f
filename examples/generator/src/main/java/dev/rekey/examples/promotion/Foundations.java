package dev.rekey.examples.promotion;

import dev.rekey.examples.ExampleTable;
import dev.rekey.examples.ExampleTable.Index;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Level 1: the tables that refer to nothing. */
final class Foundations {
    private static final List<String> BACK_OFFICE = List.of(
            "AssignTo",
            "BookingStatuses",
            "Brokerage",
            "Notifications",
            "Products",
            "ProjectStatuses",
            "QuoteStatuses",
            "RequestStatuses",
            "RoleTypes");

    private Foundations() {}

    static Stream<Kind> kinds() {
        return Stream.of(
                        Stream.of(
                                Kind.of("Properties", 1500, Foundations::property),
                                new Kind(contacts(), 2000, Foundations::contact)),
                        BACK_OFFICE.stream().map(name -> Kind.of("BackOffice" + name, 10, Foundations::backOffice)),
                        Stream.of(
                                Kind.of("NotificationTemplate", 30, Foundations::template),
                                Kind.of("Auth", 300, Foundations::auth),
                                Kind.of("AppPreferences", 40, Foundations::preference),
                                Kind.of("SecureConfig", 20, Foundations::secret)))
                .flatMap(kinds -> kinds);
    }

    private static ExampleTable contacts() {
        return new ExampleTable(
                "Contacts",
                Kind.string("id"),
                Optional.empty(),
                Optional.of(new Index("byEmail", Kind.string("email"), Kind.string("createdAt"))));
    }

    private static void property(RecordBuilder draft) {
        var words = draft.words();
        draft.map("address", address(draft))
                .text("propertyType", draft.one(List.of("House", "Condominium", "Townhouse")))
                .number("bedrooms", 1 + draft.random().nextInt(6))
                .money("floorSize", 4000)
                .longestNumber("parcelNumber")
                .byteSet("photoDigests", 2)
                .numberSet("lotSizes", 3)
                .text("unit", "")
                .text("broker", draft.one(words.companies()));
    }

    private static Map<String, AttributeValue> address(RecordBuilder draft) {
        var words = draft.words();
        return Map.of(
                "street", AttributeValue.fromS(draft.one(words.streets())),
                "city", AttributeValue.fromS(draft.one(words.cities())),
                "state", AttributeValue.fromS(draft.one(words.states())),
                "line2", AttributeValue.fromNul(true));
    }

    private static void contact(RecordBuilder draft) {
        var words = draft.words();
        var first = draft.one(words.firstNames());
        var last = draft.one(words.lastNames());
        draft.text("firstName", first)
                .text("lastName", last)
                .text("fullName", first + " " + last)
                .text("email", (first + "." + last + draft.index() + "@example.com").toLowerCase(Locale.ROOT))
                .text("mobile", draft.one(words.phones()))
                .text("company", draft.one(words.companies()))
                .flag("emailNotifications")
                .nothing("brokerage")
                .textSet("roles", draft.one(List.of("agent", "homeowner")), draft.one(List.of("buyer", "seller")))
                .bytes("avatar", 48);
    }

    private static void backOffice(RecordBuilder draft) {
        draft.text("title", draft.one(draft.words().products()))
                .number("order", draft.index())
                .flag("active");
    }

    private static void template(RecordBuilder draft) {
        draft.text("subject", draft.one(draft.words().sentences()))
                .text("channel", draft.one(List.of("email", "sms")))
                .textSet("variables", "firstName", "projectTitle", "quoteTotal")
                .flag("active");
    }

    private static void auth(RecordBuilder draft) {
        draft.text("username", draft.one(draft.words().firstNames()) + draft.index())
                .bytes("salt", 16)
                .bytes("digest", 32)
                .number("failedAttempts", draft.random().nextInt(3))
                .nothing("lockedUntil");
    }

    private static void preference(RecordBuilder draft) {
        draft.text("name", "preference." + draft.index())
                .list(
                        "choices",
                        List.of(AttributeValue.fromN("1E2"), AttributeValue.fromBool(true), AttributeValue.fromS("")))
                .flag("shared");
    }

    private static void secret(RecordBuilder draft) {
        draft.text("name", "secret." + draft.index()).bytes("sealed", 64).byteSet("keys", 3);
    }
}

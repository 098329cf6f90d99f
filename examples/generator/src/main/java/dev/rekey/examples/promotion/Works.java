package dev.rekey.examples.promotion;

import dev.rekey.examples.ExampleTable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Levels 3 to 5: projects and what belongs to them. */
final class Works {
    private static final String CONTACTS = "Contacts";
    private static final String PROJECTS = "Projects";
    private static final String PROJECT_ID = "projectId";

    private Works() {}

    static Stream<Kind> kinds() {
        return Stream.of(
                Kind.of(PROJECTS, 600, Works::project),
                Kind.of("PendingAppoitments", 150, Works::appointment),
                Kind.of("Quotes", 500, Works::quote),
                Kind.of("ProjectComments", 400, Works::comment),
                Kind.of("ProjectMilestones", 250, Works::milestone),
                Kind.of("ProjectPaymentTerms", 100, Works::terms),
                new Kind(
                        ExampleTable.of("ProjectPermissions", Kind.string(PROJECT_ID), Kind.string("contactId")),
                        200,
                        Works::permission),
                Kind.of("QuoteItems", 1000, Works::quoteItem));
    }

    private static void project(RecordBuilder draft) {
        draft.reference("agentContactId", CONTACTS)
                .reference("homeownerContactId", CONTACTS)
                .maybeReference("homeowner2ContactId", CONTACTS)
                .maybeReference("homeowner3ContactId", CONTACTS)
                .reference("addressId", "Properties")
                .reference("requestId", "Requests")
                .maybeReference("parentId", PROJECTS)
                .list("milestones", List.of(step(draft, "design"), step(draft, "build")))
                .text("title", draft.one(draft.words().sentences()))
                .money("estimate", 900_000)
                .flag("archived");
    }

    private static AttributeValue step(RecordBuilder draft, String name) {
        return AttributeValue.fromM(Map.of(
                "name", AttributeValue.fromS(name),
                "ownerId", AttributeValue.fromS(draft.idIn(CONTACTS)),
                "done", AttributeValue.fromBool(draft.random().nextBoolean())));
    }

    private static void appointment(RecordBuilder draft) {
        draft.reference("requestId", "Requests")
                .reference("contactId", CONTACTS)
                .time("visitAt")
                .flag("confirmed");
    }

    private static void quote(RecordBuilder draft) {
        draft.reference(PROJECT_ID, PROJECTS)
                .reference("agentContactId", CONTACTS)
                .reference("homeownerContactId", CONTACTS)
                .reference("addressId", "Properties")
                .reference("statusId", "BackOfficeQuoteStatuses")
                .money("total", 900_000)
                .numberSet("discounts", 2)
                .longestNumber("ledgerNumber")
                .nothing("signedAt");
    }

    private static void comment(RecordBuilder draft) {
        draft.reference(PROJECT_ID, PROJECTS)
                .map(
                        "author",
                        Map.of(
                                "contactId", AttributeValue.fromS(draft.idIn(CONTACTS)),
                                "nickname", AttributeValue.fromS("")))
                .text("comment", draft.one(draft.words().paragraphs()))
                .flag("private");
    }

    private static void milestone(RecordBuilder draft) {
        draft.reference(PROJECT_ID, PROJECTS)
                .text("name", draft.one(draft.words().sentences()))
                .number("order", draft.random().nextInt(20))
                .flag("complete");
    }

    private static void terms(RecordBuilder draft) {
        draft.reference(PROJECT_ID, PROJECTS).money("amount", 90_000).number("daysToPay", 30);
    }

    /** Two records for each project, so that no key comes twice. */
    private static void permission(RecordBuilder draft) {
        draft.text(PROJECT_ID, draft.id(PROJECTS, draft.index() / 2))
                .text("contactId", draft.id(CONTACTS, draft.index()))
                .textSet("rights", "read", draft.one(List.of("comment", "approve")))
                .flag("inherited");
    }

    private static void quoteItem(RecordBuilder draft) {
        draft.reference(PROJECT_ID, PROJECTS)
                .reference("quoteId", "Quotes")
                .maybeReference("productId", "BackOfficeProducts")
                .text("name", draft.one(draft.words().products()))
                .number("quantity", 1 + draft.random().nextInt(40))
                .money("unitPrice", 5_000);
    }
}

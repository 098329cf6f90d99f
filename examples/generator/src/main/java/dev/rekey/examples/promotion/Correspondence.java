package dev.rekey.examples.promotion;

import dev.rekey.examples.ExampleTable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Level 2: what people ask, sign and are told. */
final class Correspondence {
    private static final String CONTACTS = "Contacts";
    private static final String CONTACT_ID = "contactId";
    private static final String TEMPLATES = "NotificationTemplate";

    private Correspondence() {}

    static Stream<Kind> kinds() {
        return Stream.of(
                Kind.of("ContactUs", 300, Correspondence::question),
                Kind.of("Requests", 900, Correspondence::request),
                Kind.of("Affiliates", 60, Correspondence::affiliate),
                Kind.of("Legal", 20, Correspondence::terms),
                Kind.of("MemberSignature", 100, Correspondence::signature),
                Kind.of("eSignatureDocuments", 150, Correspondence::document),
                Kind.of("AuditLog", 800, Correspondence::audit),
                Kind.of("ContactAuditLog", 500, Correspondence::contactAudit),
                Kind.of("EmailSuppressionList", 40, Correspondence::suppression),
                Kind.of("SESReputationMetrics", 30, Correspondence::reputation),
                Kind.of("NotificationQueue", 400, Correspondence::notification),
                new Kind(
                        ExampleTable.of("NotificationEvents", Kind.string("recipientId"), Kind.string("eventId")),
                        500,
                        Correspondence::event));
    }

    private static void question(RecordBuilder draft) {
        draft.reference(CONTACT_ID, CONTACTS)
                .maybeReference("addressId", "Properties")
                .text("subject", draft.one(draft.words().sentences()))
                .flag("answered");
    }

    private static void request(RecordBuilder draft) {
        draft.reference("agentContactId", CONTACTS)
                .reference("homeownerContactId", CONTACTS)
                .reference("addressId", "Properties")
                .maybeReference("assignedToId", "BackOfficeAssignTo")
                .text("message", draft.one(draft.words().sentences()))
                .textSet("media", "photo-" + draft.index() + ".jpg", "plan-" + draft.index() + ".pdf")
                .money("budget", 500_000)
                .nothing("archivedAt");
    }

    private static void affiliate(RecordBuilder draft) {
        draft.reference(CONTACT_ID, CONTACTS)
                .reference("addressId", "Properties")
                .text("company", draft.one(draft.words().companies()))
                .numberSet("serviceRadii", 2)
                .longestNumber("licenseNumber");
    }

    private static void terms(RecordBuilder draft) {
        var accepted = new HashMap<String, AttributeValue>();
        for (var each = 0; each < 3; each++) {
            accepted.put(draft.idIn(CONTACTS), AttributeValue.fromS(draft.instant()));
        }
        draft.text("document", "terms-" + draft.index()).map("acceptedBy", accepted);
    }

    private static void signature(RecordBuilder draft) {
        draft.reference(CONTACT_ID, CONTACTS).bytes("signature", 120).flag("initialsOnly");
    }

    private static void document(RecordBuilder draft) {
        draft.textSet("signerIds", draft.idIn(CONTACTS), draft.idIn(CONTACTS))
                .reference("addressId", "Properties")
                .byteSet("pageDigests", 4)
                .text("status", draft.one(List.of("sent", "signed", "declined")));
    }

    private static void audit(RecordBuilder draft) {
        var payload = String.format(
                Locale.ROOT,
                "{\"actorId\":\"%s\",\"action\":\"%s\",\"durationMillis\":%d}",
                draft.idIn(CONTACTS),
                draft.one(List.of("create", "update", "delete")),
                draft.random().nextInt(900));
        draft.text("payload", payload).text("tableChanged", draft.one(List.of("Requests", "Projects", "Quotes")));
    }

    private static void contactAudit(RecordBuilder draft) {
        draft.reference(CONTACT_ID, CONTACTS)
                .text("field", draft.one(List.of("email", "mobile", "company")))
                .text("before", "")
                .text("after", draft.one(draft.words().phones()));
    }

    private static void suppression(RecordBuilder draft) {
        draft.reference(CONTACT_ID, CONTACTS).text("reason", draft.one(List.of("bounce", "complaint")));
    }

    private static void reputation(RecordBuilder draft) {
        draft.reference("templateId", TEMPLATES)
                .number("sent", draft.random().nextInt(100_000))
                .money("bouncePercent", 10);
    }

    private static void notification(RecordBuilder draft) {
        draft.reference("templateId", TEMPLATES)
                .list(
                        "recipientIds",
                        Stream.generate(() -> draft.idIn(CONTACTS))
                                .limit(3)
                                .map(AttributeValue::fromS)
                                .toList())
                .text("status", draft.one(List.of("pending", "sent", "failed")))
                .number("attempts", draft.random().nextInt(4));
    }

    private static void event(RecordBuilder draft) {
        draft.reference("recipientId", CONTACTS)
                .text("eventId", draft.instant() + "#" + draft.index())
                .reference("templateId", TEMPLATES)
                .text("kind", draft.one(List.of("delivered", "opened", "clicked")));
    }
}

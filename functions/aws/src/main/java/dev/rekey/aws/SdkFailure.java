package dev.rekey.aws;

import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.StoreException.Kind;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** An exception of the SDK, told in the engine's terms. Never holds the contents of a record. */
record SdkFailure(SdkRequest request, Kind kind, String fact, SdkException cause) {
    private static final Set<String> DENIED = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "InvalidToken",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "NotAuthorized",
            "OptInRequired",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException");
    private static final Set<String> MISSING =
            Set.of("ResourceNotFoundException", "TableNotFoundException", "NoSuchBucket");
    private static final Set<String> THROTTLED = Set.of(
            "ConditionalRequestConflict",
            "ContinuousBackupsUnavailableException",
            // Of a request that creates or changes a table: others are being created or changed.
            "LimitExceededException",
            "OperationAborted",
            "ReplicatedWriteConflictException",
            "ThrottlingException",
            "TransactionConflictException");
    private static final Set<String> UNAVAILABLE =
            Set.of("InternalError", "InternalServerError", "RequestTimeout", "ServiceUnavailable");
    private static final Pattern VALUES = Pattern.compile("\\[.*]|(?<=numeric value:).*", Pattern.DOTALL);
    /** In the text of a denial by the key that a table or bucket is encrypted with. It need not name the action. */
    private static final String KEY = "KMS key access denied";

    /** Not the part of an ARN, which goes on in small letters. */
    private static final Pattern KEY_ACTION = Pattern.compile("kms:[A-Z][A-Za-z]+");

    private static final String NO_CREDENTIALS = "Unable to load credentials";

    static SdkFailure of(SdkRequest request, SdkException exception) {
        if (exception instanceof AwsServiceException answer) {
            return new SdkFailure(lacking(request, answer), kind(answer), fact(answer), exception);
        }
        var message = Objects.requireNonNullElse(
                exception.getMessage(), exception.getClass().getSimpleName());
        if (message.contains(NO_CREDENTIALS)) {
            return new SdkFailure(request, Kind.DENIED, "no credentials were found", exception);
        }
        return new SdkFailure(request, Kind.UNAVAILABLE, "no answer was received (" + message + ")", exception);
    }

    /** The message in four parts. */
    String message() {
        return "Cannot " + request.what() + ": " + fact + ". " + unchanged() + " " + nextStep();
    }

    StoreException exception() {
        return switch (kind) {
            // The service's text of a refusal may quote values, and a cause would be printed with it.
            case INVALID -> new StoreException(kind, message());
            case THROTTLED, UNAVAILABLE, DENIED, MISSING -> new StoreException(kind, message(), cause);
        };
    }

    /** This failure of a write of which an earlier attempt may have taken effect. */
    SdkFailure afterLostAnswer() {
        return new SdkFailure(request, Kind.UNAVAILABLE, fact + " after an attempt without an answer", cause);
    }

    private static Kind kind(AwsServiceException answer) {
        var code = code(answer);
        int status = answer.statusCode();
        if (MISSING.contains(code)) {
            return Kind.MISSING;
        }
        if (THROTTLED.contains(code) || answer.isThrottlingException()) {
            return Kind.THROTTLED;
        }
        if (DENIED.contains(code) || status == 401 || status == 403) {
            return Kind.DENIED;
        }
        return UNAVAILABLE.contains(code) || status >= 500 ? Kind.UNAVAILABLE : Kind.INVALID;
    }

    /** The request in which a denial is told: on its way to the table, a role may be assumed and a key be used. */
    private static SdkRequest lacking(SdkRequest request, AwsServiceException answer) {
        if (isFromSts(answer)) {
            return request.withRole();
        }
        if (kind(answer) != Kind.DENIED) {
            return request;
        }
        var text = text(answer);
        var action = KEY_ACTION.matcher(text);
        if (action.find()) {
            return request.withKey(action.group());
        }
        return text.contains(KEY) ? request.withKey("kms:Decrypt") : request;
    }

    /** A side's role is assumed on the way to its tables. */
    private static boolean isFromSts(AwsServiceException answer) {
        var details = answer.awsErrorDetails();
        return details != null && "Sts".equalsIgnoreCase(details.serviceName());
    }

    private static String code(AwsServiceException answer) {
        var details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "HTTP " + answer.statusCode() : details.errorCode();
    }

    private static String fact(AwsServiceException answer) {
        var details = answer.awsErrorDetails();
        var service = details == null || details.serviceName() == null ? "the service" : details.serviceName();
        var shown = VALUES.matcher(text(answer)).replaceAll("…").strip().replaceAll("\\.$", "");
        return service + " answered " + code(answer) + (shown.isEmpty() ? "" : ", " + shown);
    }

    private static String text(AwsServiceException answer) {
        var details = answer.awsErrorDetails();
        return details == null || details.errorMessage() == null ? "" : details.errorMessage();
    }

    private String unchanged() {
        if (!request.writes()) {
            return "Nothing was changed.";
        }
        return kind == Kind.UNAVAILABLE ? "It may or may not have been written." : "Nothing was written.";
    }

    private String nextStep() {
        return switch (kind) {
            case THROTTLED -> "Try again later or with less concurrency.";
            case UNAVAILABLE -> "Try again; if the problem persists, check the endpoint and the network.";
            case DENIED ->
                "Use valid credentials that are allowed " + request.action() + " on " + request.object() + ".";
            case MISSING -> "Check the name of " + request.object() + ", the account and the region.";
            case INVALID -> "Correct the request.";
        };
    }
}

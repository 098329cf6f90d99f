package dev.rekey.cli.deployment.wiring;

import dev.rekey.cli.deployment.StackLocation;
import dev.rekey.engine.store.StoreException;
import dev.rekey.engine.store.StoreException.Kind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says what an exception of the SDK means to the person at the terminal. */
final class Faults {
    private static final Set<String> EXPIRED =
            Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired");
    private static final Set<String> FOREIGN = Set.of(
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "SignatureDoesNotMatch");
    private static final Set<String> DENIED =
            Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "403");

    /** What the SDK tells of its own inner life. */
    private static final Pattern LISTS =
            Pattern.compile("(\\. | from any of the providers|: ProfileFile).*", Pattern.DOTALL);

    private static final Pattern ACTION = Pattern.compile("not authorized to perform: ([a-z0-9-]+:[A-Za-z*]+)");

    private final StackLocation place;
    private final Optional<String> local;

    Faults(StackLocation place) {
        this(place, Optional.empty());
    }

    /** @param local variable of the environment, with its value, that points to a stack on this machine */
    Faults(StackLocation place, Optional<String> local) {
        this.place = place;
        this.local = local;
    }

    /** @param verb what cannot be done, such as {@code start execution x} */
    StoreException explain(String verb, SdkException failure) {
        return switch (failure) {
            case AwsServiceException answered -> answered(verb, answered);
            case SdkClientException unanswered -> unanswered(verb, unanswered);
            default -> fault(Kind.UNAVAILABLE, verb, failure.getMessage(), "Run it again", failure);
        };
    }

    private StoreException answered(String verb, AwsServiceException failure) {
        var code = failure.awsErrorDetails() == null
                ? Integer.toString(failure.statusCode())
                : failure.awsErrorDetails().errorCode();
        var said = failure.awsErrorDetails() == null
                ? "HTTP " + failure.statusCode()
                : code + ": " + failure.awsErrorDetails().errorMessage();
        if (EXPIRED.contains(code)) {
            return fault(Kind.DENIED, verb, "the credentials have expired (" + code + ")", login(), failure);
        }
        if (FOREIGN.contains(code)) {
            return fault(
                    Kind.DENIED, verb, "AWS does not recognize these credentials (" + said + ")", login(), failure);
        }
        if (DENIED.contains(code)) {
            return fault(
                    Kind.DENIED,
                    verb,
                    "these credentials have no permission (" + said + ")",
                    "Ask for the permission"
                            + action(said).map(name -> " " + name).orElse("") + ", or use another --profile",
                    failure);
        }
        if (failure.isThrottlingException()) {
            return fault(
                    Kind.THROTTLED, verb, "the service throttles requests (" + said + ")", "Run it again", failure);
        }
        return failure.statusCode() >= 500
                ? fault(Kind.UNAVAILABLE, verb, "the service failed (" + said + ")", "Run it again", failure)
                : fault(Kind.INVALID, verb, said, "Check the options and run it again", failure);
    }

    /** The action that lacks, as AWS names it. */
    private static Optional<String> action(String said) {
        return Optional.of(ACTION.matcher(said)).filter(Matcher::find).map(found -> found.group(1));
    }

    private StoreException unanswered(String verb, SdkClientException failure) {
        var said = Optional.ofNullable(failure.getMessage()).orElse("").toLowerCase(Locale.ROOT);
        if (said.contains("credentials") || said.contains("profile")) {
            return fault(Kind.DENIED, verb, "no credentials were found (" + first(failure) + ")", login(), failure);
        }
        return fault(Kind.UNAVAILABLE, verb, "no answer (" + first(failure) + ")", reachable(), failure);
    }

    private String login() {
        return switch (place) {
            case StackLocation.Aws(var profile, var _, var _) ->
                "Log in (aws sso login"
                        + profile.map(name -> " --profile " + name).orElse("")
                        + ", or set AWS_ACCESS_KEY_ID and related variables), or use another --profile, and run it again";
            case StackLocation.Local local -> "Restart the local stack and run it again";
        };
    }

    private String reachable() {
        return switch (place) {
            case StackLocation.Aws aws -> "Check the network, --region and AWS_ENDPOINT_URL, and run it again";
            case StackLocation.Local(var data) ->
                "Check that the local stack on " + data + " is still running, and run it again";
        };
    }

    private StoreException fault(Kind kind, String verb, String fact, String next, SdkException cause) {
        return new StoreException(
                kind,
                "Cannot " + verb + ": " + fact + ". This command wrote to no table. " + next + "."
                        + AwsSettings.hint(local),
                cause);
    }

    private static String first(SdkClientException failure) {
        var message = Optional.ofNullable(failure.getMessage()).orElse("no reason given");
        return LISTS.matcher(message).replaceFirst("");
    }
}

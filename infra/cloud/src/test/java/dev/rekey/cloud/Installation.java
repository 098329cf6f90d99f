package dev.rekey.cloud;

import java.util.Map;

/**
 * A stack that is there.
 *
 * @param variables point clients to it, as AWS's tools name them
 */
record Installation(Map<String, String> variables, String stateMachineArn, String bucket) {}

package dev.rekey.aws;

/**
 * What is asked of a service, in the words of messages.
 *
 * @param action as IAM names it, such as {@code dynamodb:PutItem}
 * @param what the request does, such as {@code put an item into the table Contacts}
 * @param object what it needs permission for, such as {@code the table Contacts}
 * @param writes whether it may change anything
 */
record SdkRequest(String action, String what, String object, boolean writes) {

    /** The same, when what lacks is the permission to assume a role for it. */
    SdkRequest withRole() {
        return new SdkRequest("sts:AssumeRole", what, "the role that the plan names", writes);
    }

    /** The same, when what lacks is the permission to use the key that {@link #object} is encrypted with. */
    SdkRequest withKey(String keyAction) {
        // Of a bucket, it may be another parameter or none.
        var granted = action.startsWith("dynamodb:") ? ", which TableKeyArns of a stack grants to its functions" : "";
        return new SdkRequest(keyAction, what, "the key that encrypts " + object + granted, writes);
    }
}

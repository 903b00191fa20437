package s3store

// SignPolicy is for the test that knows AWS's own examples.
var SignPolicy = signPolicy

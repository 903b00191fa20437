// Package scenarios proves the whole desk end to end: stories in testdata that
// a person who does not program can read, and loads, races and crashes written
// in Go. All run one after the other against one local stack, started for them
// or named by DESK_READY_FILE. See README.md.
package scenarios

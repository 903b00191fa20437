// Package scenarios proves the whole desk end to end: stories in testdata that
// a person who does not program can read, played one after the other against one
// local stack, started for them or named by DESK_READY_FILE. Loads, races and
// crashes are in storms. See README.md.
package scenarios

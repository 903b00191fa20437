// Package desktest helps tests of other packages: it is never imported by
// production code.
//
// It holds three things. Fixtures: a small directory, tickets, acts and
// commits, each a function whose arguments are only what the test is about.
// NewStore: a store in memory. RunStore: the suite that says what a store is;
// the store in memory and the table's adapter pass the same one, so a test that
// uses the fast store says something about the real one.
//
// Because the package imports work (and so flow and directory), tests of those
// packages that use it stand in the external test package: work_test, not work.
package desktest

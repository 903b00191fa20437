package mail

import (
	"regexp"
	"sync"
)

// lazily is a pattern that is compiled when it is first asked for. All of them
// together take milliseconds, and most functions that know what a mail is never
// receive one: their start should not wait.
func lazily(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

package scenarios_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"mesa/infra/scenarios/rig"
	"mesa/shared/desk"
)

// TestScenarios plays every story of testdata, in the order of their names: the
// desk's clock is one and only moves forward.
func TestScenarios(t *testing.T) {
	t.Cleanup(func() { played = !t.Failed() && flag.Lookup("test.run").Value.String() == "" })
	testscript.RunT(inOrder{t}, testscript.Params{Dir: "testdata", Cmds: commands(), Setup: func(e *testscript.Env) error {
		e.Values["play"] = &play{desk: running.Desk, cases: map[string]rig.Case{}, links: map[string]rig.Link{}, run: strings.ToLower(rig.NewKey()[:6])}
		return nil
	}})
}

// played tells that every story was played to its end.
var played bool

// inOrder is a test whose scripts run one after the other.
type inOrder struct{ *testing.T }

func (inOrder) Parallel()     {}
func (inOrder) Verbose() bool { return testing.Verbose() }
func (t inOrder) Run(name string, f func(testscript.T)) {
	t.T.Run(name, func(t *testing.T) { f(inOrder{t}) })
}

// play is one story being played: the names it gave to tickets and links.
type play struct {
	desk    *rig.Desk
	cases   map[string]rig.Case
	links   map[string]rig.Link
	read    func(file string) string
	holiday time.Time // the last one declared
	moved   string    // what the clock said when it was last moved
	month   string    // stands for {month}: the one that ended, «2026-11»
	run     string    // stands for {run}: a word of this play alone
}

// stepLimit is the longest that one line of a story may take.
const stepLimit = 2 * time.Minute

// step is one line of a story; words are what follows the command's name.
type step func(ctx context.Context, p *play, words []string) error

// commands are the words of the stories; README.md explains them.
func commands() map[string]func(*testscript.TestScript, bool, []string) {
	all := map[string]step{
		"morning": morning, "clock": clock, "policy": policy, "directory": directory, "calendar": workingCalendar, "holiday": holiday, "procedure": procedure, "verify": verify, "restart": restart, "crash": crash, "faults": faults,
		"submit": submit, "portal": portal, "phone": phone, "mail": mail, "held": settleHeld, "stored": keepMail, "becomes": becomes, "reply": reply,
		"act": act, "attach": attach, "refuse": refuse, "button": button, "follow": follow, "decide": decide, "choose": choose, "approve": approve, "reject": reject, "notmine": notMine, "link": keepLink, "visit": visit, "answer": answer, "reveal": reveal, "scanned": scanned, "page": showPage, "press": press,
		"expect": expect,
	}
	cmds := map[string]func(*testscript.TestScript, bool, []string){}
	for name, do := range all {
		cmds[name] = func(ts *testscript.TestScript, neg bool, words []string) {
			p := ts.Value("play").(*play) //nolint:errcheck,forcetypeassert // Setup put it there
			p.read = func(file string) string { return strings.ReplaceAll(ts.ReadFile(file), "{run}", p.run) }
			for i := range words {
				words[i] = strings.NewReplacer("{run}", p.run, "{month}", p.month).Replace(words[i])
			}
			ctx, cancel := context.WithTimeout(context.Background(), stepLimit)
			defer cancel()
			err := do(ctx, p, words)
			if neg {
				err = errors.New("a step cannot be negated: use refuse or «expect no …»")
			}
			if err != nil {
				err = fmt.Errorf("%w%s", err, p.circumstances(context.WithoutCancel(ctx), words))
			}
			ts.Check(err)
		}
	}
	return cmds
}

// circumstances tell of a step that went wrong what time it is at the desk and how
// the waits of the cases it names stand.
func (p *play) circumstances(ctx context.Context, words []string) string {
	ctx, cancel := context.WithTimeout(ctx, stepLimit)
	defer cancel()
	now, err := p.desk.Deskctl(ctx, "clock")
	if err != nil {
		return ""
	}
	told := "\nat the desk it is " + now + "\n" + p.moved
	waits, _ := p.desk.Deskctl(ctx, "machines", "verify", "--all") // fails where a wait differs, and tells of all
	for _, word := range words {
		for line := range strings.Lines(waits) {
			if c, named := p.cases[word]; named && strings.HasPrefix(line, c.Number) {
				told += "\n" + strings.TrimSpace(line)
			}
		}
	}
	return told
}

// number is the ticket that a story calls by a name.
func (p *play) number(name string) string {
	if c, ok := p.cases[name]; ok {
		return c.Number
	}
	return name
}

// id is its id.
func (p *play) id(ctx context.Context, name string) (desk.TicketID, error) {
	if c, ok := p.cases[name]; ok {
		return c.ID, nil
	}
	c, err := p.desk.Case(ctx, rig.Reader, name)
	return c.ID, err
}

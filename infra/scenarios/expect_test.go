package scenarios_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mesa/infra/scenarios/rig"
	"mesa/shared/desk"
)

// expect WHAT …: what the world sees of the desk. Most wait a little, because
// mails and machines follow an act within moments.
func expect(ctx context.Context, p *play, words []string) error {
	kinds := map[string]step{"mail": expectMail, "case": expectCase, "row": expectRow, "machines": expectMachines, "path": expectPath,
		"offer": expectOffer, "acts": expectActs, "file": expectFile, "download": expectDownload, "held": expectHeld, "delivery": expectDelivery, "queue": expectQueue, "nowhere": expectNowhere}
	none := len(words) > 1 && words[0] == "no"
	if none {
		words = append([]string{words[1], "none"}, words[2:]...)
	}
	if len(words) == 0 || kinds[words[0]] == nil {
		return errors.New("write: expect [no] mail|case|row|machines|path|offer|acts|file|download|held|delivery|queue|nowhere …")
	}
	return kinds[words[0]](ctx, p, words[1:])
}

// none takes the mark of «expect no …» off.
func none(words []string) ([]string, bool) {
	if len(words) > 0 && words[0] == "none" {
		return words[1:], true
	}
	return words, false
}

// expect mail [CASE] to=PERSON subject~… [text~…] exactly N. Without «exactly»
// one or more; an exact number is counted when nothing more is due.
func expectMail(ctx context.Context, p *play, words []string) error {
	words, no := none(words)
	s, err := parse(words)
	if err != nil {
		return err
	}
	if no {
		s.number = 0
	}
	l, err := p.letter(s)
	if err != nil {
		return err
	}
	if s.number >= 0 && len(s.plain) > 0 {
		if err := p.settled(ctx, s.plain[0]); err != nil {
			return err
		}
	}
	return rig.Until(ctx, waitLimit, func() error {
		found, err := p.desk.Mails(ctx, l)
		if err != nil {
			return err
		}
		if len(found) != s.number && (s.number >= 0 || len(found) == 0) {
			return fmt.Errorf("%d of %s, want %s", len(found), l, wanted(s.number))
		}
		return nil
	})
}

func wanted(n int) string {
	if n < 0 {
		return "one or more"
	}
	return strconv.Itoa(n)
}

// settled waits until everything ordered for a ticket is done.
func (p *play) settled(ctx context.Context, name string) error {
	id, err := p.id(ctx, name)
	if err != nil {
		return err
	}
	return rig.Until(ctx, waitLimit, func() error {
		waiting, err := p.desk.Waiting(ctx, id)
		if err == nil && len(waiting) > 0 {
			err = fmt.Errorf("%s still has to do: %s", name, strings.Join(waiting, ", "))
		}
		return err
	})
}

// expect case CASE state=… level=… team=… assignee=… priority=… missing=…
func expectCase(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 1, "expect case CASE state=…")
	if err != nil {
		return err
	}
	return rig.Until(ctx, waitLimit, func() error {
		c, err := p.desk.Case(ctx, rig.Reader, p.number(s.plain[0]))
		if err != nil {
			return err
		}
		facts := factsOf(c)
		var wrong []string
		for name, want := range s.equal {
			got, known := facts[name]
			if !known {
				return fmt.Errorf("a case has no %s; it has %v", name, facts)
			}
			if diff := unlike(name, got, want); diff != "" {
				wrong = append(wrong, diff)
			}
		}
		if len(wrong) > 0 {
			slices.Sort(wrong)
			return errors.New(strings.Join(wrong, "; "))
		}
		return nil
	})
}

// factsOf is what a story may say about a case.
func factsOf(c rig.Case) map[string]string {
	f := map[string]string{"state": c.State.Name, "level": strconv.Itoa(c.Level), "priority": strconv.Itoa(c.Priority.Level), "subject": c.Subject,
		"channel": c.Channel, "missing": strings.Join(c.Missing, " "), "unverified": yes(c.Unverified), "suggested": yes(c.Priority.Suggested),
		"flow": "", "team": "", "assignee": "", "requester": "", "sede": "", "row": yes(c.Row != nil)}
	if c.Flow != nil {
		f["flow"] = c.Flow.Code
	}
	for name, ref := range map[string]*struct{ ID string }{"team": c.Team, "assignee": c.Assignee, "requester": c.Requester, "sede": c.Sede} {
		if ref != nil {
			f[name] = ref.ID
		}
	}
	return f
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// expect row CASE state=… staff~…: its one line of Anexo 01.
func expectRow(ctx context.Context, p *play, words []string) error {
	words, no := none(words)
	s, err := parseN(words, 1, "expect row CASE state=…")
	if err != nil {
		return err
	}
	number := p.number(s.plain[0])
	c, err := p.desk.Case(ctx, rig.Reader, number)
	if err != nil {
		return err
	}
	if no || c.Row == nil {
		if no == (c.Row == nil) {
			return nil
		}
		return fmt.Errorf("the case's row is %+v", c.Row)
	}
	rows, err := p.desk.Register(ctx, c.Sede.ID, c.Row.Period)
	if err != nil {
		return err
	}
	mine := slices.DeleteFunc(slices.Clone(rows), func(r rig.Row) bool { return r.Ticket != number })
	if len(mine) != 1 || mine[0].Number != c.Row.Number {
		return fmt.Errorf("the register has %+v, want one row with number %d", mine, c.Row.Number)
	}
	for n, r := range rows {
		if r.Number != n+1 {
			return fmt.Errorf("row %d of the register has number %d", n+1, r.Number)
		}
	}
	return rowSays(mine[0], s)
}

func rowSays(r rig.Row, s sentence) error {
	facts := map[string]string{"state": r.State, "solution": r.Solution, "staff": r.Staff, "typology": r.Typology, "requester": r.Requester, "description": r.Description}
	for name, want := range s.equal {
		if diff := unlike(name, facts[name], want); diff != "" {
			return errors.New(diff)
		}
	}
	for name, part := range s.part {
		if !strings.Contains(facts[name], part) {
			return fmt.Errorf("%s is «%s», which does not hold «%s»", name, facts[name], part)
		}
	}
	return nil
}

// expect machines CASE approval=RUNNING escalation=none
func expectMachines(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 1, "expect machines CASE approval=RUNNING")
	if err != nil {
		return err
	}
	id, err := p.id(ctx, s.plain[0])
	if err != nil {
		return err
	}
	return rig.Until(ctx, waitLimit, func() error {
		for machine, want := range s.equal {
			status, err := p.desk.Execution(ctx, id, desk.Machine(machine))
			if err != nil {
				return err
			}
			if want == "none" {
				want = ""
			}
			if diff := unlike(machine, status, want); diff != "" {
				return errors.New(diff)
			}
		}
		return nil
	})
}

// expect path CASE MACHINE State State…: the states its execution went through.
func expectPath(ctx context.Context, p *play, words []string) error {
	if len(words) < 3 {
		return errors.New("write: expect path CASE MACHINE State State…")
	}
	id, err := p.id(ctx, words[0])
	if err != nil {
		return err
	}
	want := strings.Join(words[2:], " ")
	return rig.Until(ctx, waitLimit, func() error {
		path, err := p.desk.Path(ctx, id, desk.Machine(words[1]))
		if err != nil {
			return err
		}
		if diff := unlike("path of "+words[1], strings.Join(path, " "), want); diff != "" {
			return errors.New(diff)
		}
		return nil
	})
}

// expect [no] offer PERSON CASE ACT…: the buttons a person has now.
func expectOffer(ctx context.Context, p *play, words []string) error {
	words, no := none(words)
	if len(words) < 3 {
		return errors.New("write: expect [no] offer PERSON CASE ACT…")
	}
	c, err := p.desk.Case(ctx, person(words[0]), p.number(words[1]))
	if err != nil {
		return err
	}
	var offered []string
	for _, a := range c.Acts {
		offered = append(offered, a.Act)
	}
	for _, a := range words[2:] {
		if slices.Contains(offered, a) == no {
			return fmt.Errorf("%s is offered %v", words[0], offered)
		}
	}
	return nil
}

// expect acts CASE open=1 approve=2: how often each act stands in the history.
func expectActs(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 1, "expect acts CASE approve=1")
	if err != nil {
		return err
	}
	return rig.Until(ctx, waitLimit, func() error {
		c, err := p.desk.Case(ctx, rig.Reader, p.number(s.plain[0]))
		if err != nil {
			return err
		}
		count := map[string]int{}
		for _, h := range c.History {
			count[h.Act]++
		}
		for name, want := range s.equal {
			if diff := unlike(name, count[name], want); diff != "" {
				return errors.New(diff)
			}
		}
		return nil
	})
}

// expect file CASE NAME: a file came with the case.
func expectFile(ctx context.Context, p *play, words []string) error {
	if len(words) != 2 {
		return errors.New("write: expect file CASE NAME")
	}
	c, err := p.desk.Case(ctx, rig.Reader, p.number(words[0]))
	if err != nil {
		return err
	}
	for _, h := range c.History {
		for _, f := range h.Files {
			if f.Name == words[1] && f.Bytes > 0 {
				return nil
			}
		}
	}
	return fmt.Errorf("no file %s among %+v", words[1], c.History)
}

// expect [no] queue PERSON TEAM:LEVEL CASE: the case stands in the team's list.
func expectQueue(ctx context.Context, p *play, words []string) error {
	words, no := none(words)
	if len(words) != 3 {
		return errors.New("write: expect [no] queue PERSON TEAM:LEVEL CASE")
	}
	listed, err := p.desk.Queue(ctx, person(words[0]), words[1])
	if err == nil && slices.Contains(listed, p.number(words[2])) == no {
		err = fmt.Errorf("%s lists %v", words[1], listed)
	}
	return err
}

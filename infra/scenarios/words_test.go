package scenarios_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"mesa/infra/scenarios/rig"
	"mesa/shared/desk"
	"mesa/shared/flow"
)

// sentence is the rest of a line of a story: plain words, then name=value and
// name~part pairs in any order.
type sentence struct {
	plain  []string
	equal  map[string]string
	part   map[string]string
	number int // after «exactly»; -1 without
}

func parse(words []string) (sentence, error) {
	s := sentence{equal: map[string]string{}, part: map[string]string{}, number: -1}
	for i := 0; i < len(words); i++ {
		word := words[i]
		at := strings.IndexAny(word, "=~")
		switch {
		case word == "exactly" && i+1 < len(words):
			n, err := strconv.Atoi(words[i+1])
			if err != nil {
				return s, fmt.Errorf("«exactly %s» is no number", words[i+1])
			}
			s.number, i = n, i+1
		case at <= 0:
			s.plain = append(s.plain, word)
		case word[at] == '=':
			s.equal[word[:at]] = word[at+1:]
		default:
			s.part[word[:at]] = word[at+1:]
		}
	}
	return s, nil
}

// parseN also demands a number of plain words.
func parseN(words []string, n int, usage string) (sentence, error) {
	s, err := parse(words)
	if err == nil && len(s.plain) != n {
		err = fmt.Errorf("write: %s", usage)
	}
	return s, err
}

// fields are the inputs of an act: «now» and «now+2h» become Lima times, «day»
// and «day+2» dates.
func (p *play) fields(ctx context.Context, s sentence) (map[string]string, error) {
	out := map[string]string{}
	for name, value := range s.equal {
		if date, isDay, err := p.day(ctx, value); isDay || err != nil {
			if err != nil {
				return nil, err
			}
			out[name] = date
			continue
		}
		offset, isNow := strings.CutPrefix(value, "now")
		if !isNow || offset != "" && offset[0] != '+' && offset[0] != '-' {
			out[name] = value
			if name == "parent" { // a case by its name in the story
				out[name] = string(p.number(value))
			}
			continue
		}
		now, err := p.desk.Now(ctx)
		if err != nil {
			return nil, err
		}
		by := time.Duration(0)
		if offset != "" {
			if by, err = time.ParseDuration(offset); err != nil {
				return nil, err
			}
		}
		out[name] = now.Add(by).In(desk.Lima).Format(flow.TimeLayout)
	}
	return out, nil
}

// day reads «day» and «day+2»: a date of Lima.
func (p *play) day(ctx context.Context, value string) (string, bool, error) {
	offset, isDay := strings.CutPrefix(value, "day")
	if !isDay || offset != "" && offset[0] != '+' {
		return "", false, nil
	}
	days, err := strconv.Atoi("0" + strings.TrimPrefix(offset, "+"))
	if err != nil {
		return "", false, nil //nolint:nilerr // a word that begins so
	}
	now, err := p.desk.Now(ctx)
	return now.In(desk.Lima).AddDate(0, 0, days).Format(desk.DateLayout), true, err
}

// letter describes the mails that a sentence is about; its first plain word, if
// any, is a ticket.
func (p *play) letter(s sentence) (rig.Letter, error) {
	l := rig.Letter{Subject: s.part["subject"], Text: s.part["text"], Entry: s.part["calendar"]}
	if len(s.plain) > 0 {
		l.Case = p.number(s.plain[0])
	}
	var err error
	if to := s.equal["to"]; to != "" {
		l.To, err = p.desk.Address(to)
	}
	return l, err
}

func TestSentence(t *testing.T) {
	s, err := parse([]string{"PRINTER", "to=soporte-1", "subject~Su equipo = caso", "exactly", "2"})
	if err != nil || len(s.plain) != 1 || s.plain[0] != "PRINTER" || s.equal["to"] != "soporte-1" || s.part["subject"] != "Su equipo = caso" || s.number != 2 {
		t.Errorf("read %+v, %v", s, err)
	}
	if _, err := parse([]string{"exactly", "two"}); err == nil {
		t.Error("«exactly two» was read")
	}
}

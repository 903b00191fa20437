package mail

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryRuleAsksAQuestionThatPeopleRead(t *testing.T) {
	titles := map[string]string{}
	for _, rule := range rules {
		title := Step{Rule: rule.name}.Title()
		if title == rule.name || titles[title] != "" {
			t.Errorf("rule %s asks %q, as %q does", rule.name, title, titles[title])
		}
		titles[title] = rule.name
	}
	if got := (Step{Rule: "ancient"}).Title(); got != "ancient" {
		t.Errorf("a rule of former times asks %q", got)
	}
}

func TestTheStepsOfARecordAreThoseOfItsJudgement(t *testing.T) {
	for name, raw := range map[string][]byte{
		"the last rule": mailOf("", "Texto"), "an early one": mailOf("X-PAU-Message: 01J-1-1\n", "Texto"), "one between": mailOf("Auto-Submitted: auto-replied\n", "Texto"),
	} {
		m := Parse(raw)
		judged := Judge(&m, passed(), ours())
		last := judged.Why[len(judged.Why)-1]
		if diff := cmp.Diff(judged.Why, StepsTo(last.Rule, last.Says)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for _, name := range []string{"", "ancient"} {
		if got := StepsTo(name, "x"); got != nil {
			t.Errorf("the rule %q has the steps %v", name, got)
		}
	}
}

func TestDecisionsAndAnswersAreSaidInWords(t *testing.T) {
	for _, d := range []Decision{OpenTicket, AddComment, NoteBounce, Drop, Quarantine, Reject} {
		if got := Explain(d); got == string(d) {
			t.Errorf("%s is said as %q", d, got)
		}
	}
	for _, a := range []Answer{NoAnswer, Acknowledge, WhoAreYou} {
		if got := ExplainAnswer(a); got == string(a) {
			t.Errorf("%s is said as %q", a, got)
		}
	}
	if Explain("later") != "later" || ExplainAnswer("later") != "later" {
		t.Error("what has no words yet is hidden")
	}
}

func TestVerdictsAreWrittenAndRead(t *testing.T) {
	all := Verdicts{Spam: Pass, Virus: Fail, SPF: Gray, DKIM: ProcessingFailed, DMARC: Pass}
	tests := map[string]struct {
		from Verdicts
		text string
		want Verdicts
		err  string
	}{
		"as they are written":     {Verdicts{}, all.String(), all, ""},
		"with commas, any case":   {all, "DMARC=fail,spam=Gray", Verdicts{Spam: Gray, Virus: Fail, SPF: Gray, DKIM: ProcessingFailed, DMARC: Fail}, ""},
		"nothing changes nothing": {all, " , ", all, ""},
		"no check":                {all, "dmark=PASS", all, "«dmark» no es una comprobación: use dmarc, dkim"},
		"no verdict":              {all, "dmarc=SI", all, "«SI» no es un resultado de dmarc"},
		"no value":                {all, "dmarc", all, "«» no es un resultado de dmarc"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := tt.from.With(tt.text)
			if tt.err == "" && (err != nil || got != tt.want) || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
	if got := all.String(); got != "dmarc=PASS dkim=PROCESSING_FAILED spf=GRAY spam=PASS virus=FAIL" {
		t.Errorf("written %q", got)
	}
}

package directory

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mesa/shared/desk"
)

// vacation of the head of UT-1, in force on now.
func vacation(sub, principal desk.PersonID) Substitute {
	return Substitute{Person: sub, Principal: principal, Period: Period{From: day(time.September, 1), Until: day(time.September, 30)}}
}

// line writes approvers as «person/for@unit:rung!», with ! for those asked at once.
func line(approvers []Approver) string {
	var parts []string
	for _, a := range approvers {
		part := string(a.Person)
		if a.For != "" {
			part += "/" + string(a.For)
		}
		part += fmt.Sprintf("@%s:%s", a.Unit, a.Rung)
		if a.AtOnce {
			part += "!"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " ")
}

func skippedLine(skipped []Skipped) string {
	var parts []string
	for _, s := range skipped {
		parts = append(parts, fmt.Sprintf("%s@%s:%s", s.Person, s.Unit, s.Reason))
	}
	return strings.Join(parts, " ")
}

func TestApproversOfStageUT(t *testing.T) {
	const above = " line-head@LINE:superior uti-head@UTI:uti"
	tests := map[string]struct {
		edit      func(*Records)
		requester desk.PersonID
		want      string
		skipped   string
	}{
		"the head, then the unit above, then the UTI": {unchanged, "ut1-user", "ut1-head@UT-1:holder!" + above, ""},
		"the substitute in force beside the absent head": {stand(vacation("ut1-deputy", "ut1-head")), "ut1-user",
			"ut1-head@UT-1:holder! ut1-deputy/ut1-head@UT-1:substitute!" + above, ""},
		"no substitute whose dates are over": {stand(Substitute{Person: "ut1-deputy", Principal: "ut1-head", Period: Period{Until: day(time.September, 14)}}),
			"ut1-user", "ut1-head@UT-1:holder!" + above, ""},
		"no substitute whose dates are to come": {stand(Substitute{Person: "ut1-deputy", Principal: "ut1-head", Period: Period{From: day(time.September, 16)}}),
			"ut1-user", "ut1-head@UT-1:holder!" + above, ""},
		"the acting head of a vacant post": {all(vacate("UT-1", day(time.August, 31)), stand(Substitute{Person: "ut1-deputy", Unit: "UT-1"})),
			"ut1-user", "ut1-deputy@UT-1:substitute!" + above, "@UT-1:vacant"},
		"the unit above for a vacant post": {vacate("UT-1", day(time.August, 31)), "ut1-user",
			"line-head@LINE:superior! uti-head@UTI:uti", "@UT-1:vacant"},
		"not the requester's own substitute's principal": {stand(vacation("ut1-deputy", "ut2-head")), "ut1-user", "ut1-head@UT-1:holder!" + above, ""},
		"the next in line for the head's own request": {unchanged, "ut1-head",
			"line-head@LINE:superior! uti-head@UTI:uti", "ut1-head@UT-1:requester"},
		"the substitute for the head's own request": {stand(vacation("ut1-deputy", "ut1-head")), "ut1-head",
			"ut1-deputy/ut1-head@UT-1:substitute!" + above, "ut1-head@UT-1:requester"},
		"not a substitute who requests": {stand(vacation("ut1-deputy", "ut1-head")), "ut1-deputy",
			"ut1-head@UT-1:holder!" + above, "ut1-deputy@UT-1:requester"},
		"not a head whose account is disabled": {disable("ut1-head"), "ut1-user",
			"line-head@LINE:superior! uti-head@UTI:uti", "ut1-head@UT-1:disabled"},
		"the substitute of a head whose account is disabled": {all(disable("ut1-head"), stand(vacation("ut1-deputy", "ut1-head"))), "ut1-user",
			"ut1-deputy/ut1-head@UT-1:substitute!" + above, "ut1-head@UT-1:disabled"},
		"not a substitute who left": {all(stand(vacation("ut1-deputy", "ut1-head")), disable("ut1-deputy")), "ut1-user",
			"ut1-head@UT-1:holder!" + above, "ut1-deputy@UT-1:disabled"},
		"both substitutes when two are in force": {stand(vacation("ut1-deputy", "ut1-head"), Substitute{Person: "ut1-helper", Unit: "UT-1"}), "ut1-user",
			"ut1-head@UT-1:holder! ut1-deputy/ut1-head@UT-1:substitute! ut1-helper/ut1-head@UT-1:substitute!" + above, ""},
		"the nearest unit above that has somebody": {all(vacate("UT-1", day(time.August, 31)), vacate("LINE", day(time.August, 31))), "ut1-user",
			"director@DE:superior! uti-head@UTI:uti", "@UT-1:vacant @LINE:vacant"},
		"the substitute of the unit above": {all(vacate("UT-1", day(time.August, 31)), stand(vacation("line-user", "line-head"))), "ut1-user",
			"line-head@LINE:superior! line-user/line-head@LINE:superior! uti-head@UTI:uti", "@UT-1:vacant"},
		"nobody twice": {stand(vacation("line-head", "ut1-head")), "ut1-user",
			"ut1-head@UT-1:holder! line-head/ut1-head@UT-1:substitute! director@DE:superior uti-head@UTI:uti", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			approvers, skipped := New(change(tt.edit)).Approvers(desk.StageUT, tt.requester, "UT-1", Policy{}, now)
			if got := line(approvers); got != tt.want {
				t.Errorf("approvers\n got %s\nwant %s", got, tt.want)
			}
			if got := skippedLine(skipped); got != tt.skipped {
				t.Errorf("skipped %q, want %q", got, tt.skipped)
			}
		})
	}
}

func TestApproversOfTheOtherStages(t *testing.T) {
	tests := map[string]struct {
		stage     desk.Stage
		requester desk.PersonID
		unit      desk.UnitID
		policy    Policy
		edit      func(*Records)
		want      string
	}{
		"uo of a UT is the unit above it (8.1.4 a)": {desk.StageUO, "ut1-user", "UT-1", Policy{}, unchanged,
			"line-head@LINE:holder! director@DE:superior uti-head@UTI:uti"},
		"uo at headquarters is the requester's own unit (8.1.4 b)": {desk.StageUO, "line-user", "LINE", Policy{}, unchanged,
			"line-head@LINE:holder! director@DE:superior uti-head@UTI:uti"},
		"uo may be the system's owner (R70)": {desk.StageUO, "ut1-user", "UT-1", Policy{Owner: "OWNER"}, unchanged,
			"owner-head@OWNER:holder! director@DE:superior uti-head@UTI:uti"},
		"uo of the head of a headquarters unit is the unit above": {desk.StageUO, "line-head", "LINE", Policy{}, unchanged,
			"director@DE:superior! uti-head@UTI:uti"},
		"uo of the director is the UTI": {desk.StageUO, "director", "DE", Policy{}, unchanged,
			"uti-head@UTI:uti!"},
		"uti is the Jefatura (8.3.2)": {desk.StageUTI, "dev-1", "UTI", Policy{}, unchanged,
			"uti-head@UTI:holder! director@DE:superior"},
		"uti asked by the Jefatura is the unit above": {desk.StageUTI, "uti-head", "UTI", Policy{}, unchanged,
			"director@DE:superior!"},
		"uti with its substitute": {desk.StageUTI, "dev-1", "UTI", Policy{}, stand(vacation("assigner", "uti-head")),
			"uti-head@UTI:holder! assigner/uti-head@UTI:substitute! director@DE:superior"},
		"the UTI's substitute ends a chain too": {desk.StageUO, "director", "DE", Policy{}, stand(vacation("assigner", "uti-head")),
			"uti-head@UTI:uti! assigner/uti-head@UTI:uti!"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			approvers, _ := New(change(tt.edit)).Approvers(tt.stage, tt.requester, tt.unit, tt.policy, now)
			if got := line(approvers); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

// The rule of a system is dated, and a ticket keeps the one of the day on which
// it was opened (R70).
func TestPolicyOfASystem(t *testing.T) {
	rules := func(r *Records) {
		r.Systems = []System{
			{ID: "apps-sigo", Name: "SIGO", Owner: "OWNER", Period: Period{Until: day(time.June, 30)}},
			{ID: "apps-sigo", Name: "SIGO", Owner: "OWNER", Evaluates: ByOwner, Period: Period{From: day(time.July, 1), Until: day(time.August, 31)}},
			{ID: "apps-sigo", Name: "SIGO", Owner: "OWNER", Evaluates: ByLine, Period: Period{From: day(time.September, 1)}},
		}
	}
	tests := map[string]struct {
		service desk.ServiceID
		opened  time.Time
		want    Policy
	}{
		"the line where nothing is said": {"apps-sigo", noon(time.June, 30), Policy{}},
		"the owner while the rule holds": {"apps-sigo", noon(time.July, 1), Policy{Owner: "OWNER"}},
		"to its last day":                {"apps-sigo", noon(time.August, 31), Policy{Owner: "OWNER"}},
		"the line where it is said":      {"apps-sigo", noon(time.September, 1), Policy{}},
		"the line for other services":    {"hardware-computers", noon(time.July, 1), Policy{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := New(change(rules)).PolicyOf(tt.service, tt.opened); got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestNoApprover(t *testing.T) {
	nobody := all(vacate("DE", day(time.August, 1)), vacate("UTI", day(time.August, 1)), vacate("LINE", day(time.August, 1)), vacate("UT-1", day(time.August, 1)))
	tests := map[string]struct {
		stage   desk.Stage
		unit    desk.UnitID
		policy  Policy
		edit    func(*Records)
		skipped string
	}{
		"every post is vacant":               {desk.StageUT, "UT-1", Policy{}, nobody, "@UT-1:vacant @LINE:vacant @DE:vacant @UTI:vacant"},
		"the unit is unknown":                {desk.StageUO, "NONE", Policy{}, unchanged, "@NONE:no-unit"},
		"headquarters has no UT stage":       {desk.StageUT, "LINE", Policy{}, unchanged, "@LINE:no-unit"},
		"the owner of the policy is gone":    {desk.StageUO, "UT-1", Policy{Owner: "GONE"}, unchanged, "@UT-1:no-unit"},
		"the stage is none of the procedure": {desk.Stage("other"), "UT-1", Policy{}, unchanged, "@UT-1:no-unit"},
		"there is no UTI":                    {desk.StageUTI, "UT-1", Policy{}, func(r *Records) { r.Units[1].Kind = Organic }, "@UT-1:no-unit"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			approvers, skipped := New(change(tt.edit)).Approvers(tt.stage, "ut1-user", tt.unit, tt.policy, now)
			if len(approvers) > 0 {
				t.Errorf("got %s", line(approvers))
			}
			if got := skippedLine(skipped); got != tt.skipped {
				t.Errorf("skipped %q, want %q", got, tt.skipped)
			}
		})
	}
}

func TestAChainOfParentsThatClosesEnds(t *testing.T) {
	d := New(change(all(vacate("UT-1", day(time.August, 1)), vacate("LINE", day(time.August, 1)), vacate("DE", day(time.August, 1)),
		func(r *Records) { r.Units[0].Parent = "LINE" })))
	approvers, _ := d.Approvers(desk.StageUT, "ut1-user", "UT-1", Policy{}, now)
	if got := line(approvers); got != "uti-head@UTI:uti!" {
		t.Errorf("got %s", got)
	}
}

func TestAParentThatIsNotThereIsRecorded(t *testing.T) {
	d := New(change(func(r *Records) { r.Units[4].Parent = "GONE" }))
	approvers, skipped := d.Approvers(desk.StageUT, "ut1-user", "UT-1", Policy{}, now)
	if got := line(approvers); got != "ut1-head@UT-1:holder! uti-head@UTI:uti" {
		t.Errorf("got %s", got)
	}
	if diff := cmp.Diff([]Skipped{{Unit: "GONE", Rung: OnSuperior, Reason: NoSuchUnit}}, skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
}

// Whatever the directory looks like, these hold of every answer.
func TestApproversAlwaysKeepTheirPromises(t *testing.T) {
	ids := people("director", "uti-head", "line-head", "owner-head", "ut1-head", "ut1-deputy", "ut1-user", "ut2-head", "line-user")
	units := []desk.UnitID{"DE", "UTI", "LINE", "OWNER", "UT-1", "UT-2", "NONE"}
	rapid.Check(t, func(t *rapid.T) {
		r := institution()
		for i := range r.People {
			r.People[i].Disabled = rapid.IntRange(0, 4).Draw(t, "disabled") == 0
		}
		for i := range r.Heads {
			r.Heads[i].Person = rapid.SampledFrom(ids).Draw(t, "head")
			if rapid.IntRange(0, 3).Draw(t, "vacant") == 0 {
				r.Heads[i].Until = day(time.August, 1)
			}
		}
		for range rapid.IntRange(0, 6).Draw(t, "substitutes") {
			sub := Substitute{Person: rapid.SampledFrom(ids).Draw(t, "sub"), Principal: rapid.SampledFrom(ids).Draw(t, "principal")}
			if rapid.Bool().Draw(t, "of a post") {
				sub.Principal, sub.Unit = "", rapid.SampledFrom(units).Draw(t, "post")
			}
			r.Substitutes = append(r.Substitutes, sub)
		}
		requester := rapid.SampledFrom(ids).Draw(t, "requester")
		stage := rapid.SampledFrom([]desk.Stage{desk.StageUT, desk.StageUO, desk.StageUTI}).Draw(t, "stage")
		unit := rapid.SampledFrom(units).Draw(t, "unit")
		d := New(r)
		approvers, skipped := d.Approvers(stage, requester, unit, Policy{}, now)
		checkPromises(t, d, requester, approvers, skipped)
	})
}

func checkPromises(t *rapid.T, d *Directory, requester desk.PersonID, approvers []Approver, skipped []Skipped) {
	seen := map[desk.PersonID]bool{}
	for i, a := range approvers {
		if a.Person == requester {
			t.Fatalf("%s decides their own request", requester)
		}
		if seen[a.Person] {
			t.Fatalf("%s stands twice: %s", a.Person, line(approvers))
		}
		seen[a.Person] = true
		if _, works := d.Person(a.Person, now); !works {
			t.Fatalf("%s does not work here", a.Person)
		}
		if i > 0 && a.AtOnce && !approvers[i-1].AtOnce {
			t.Fatalf("those asked at once are not first: %s", line(approvers))
		}
		if a.Person == a.For {
			t.Fatalf("%s stands in for themselves", a.Person)
		}
	}
	if len(approvers) > 0 && !approvers[0].AtOnce {
		t.Fatalf("nobody is asked at once: %s", line(approvers))
	}
	if len(approvers) == 0 && len(skipped) == 0 {
		t.Fatal("nobody is asked and nothing says why")
	}
}

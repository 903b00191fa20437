package httpapi_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/desk"
)

// shownTicket is what the tests look at of a ticket in full.
type shownTicket struct {
	Subject             string
	Requester, Assignee struct{ ID, Name string }
	Sede, Unit, Service struct{ ID, Name string }
	Acts                []struct {
		Act          string
		NeedsVersion bool
		Fields       []struct {
			Name    string
			Options []struct{ Value, Label string }
		}
	}
	History []struct {
		Act   string
		By    struct{ ID, Name string }
		Texts map[string]string
	}
	Deliveries []struct{ Ref, To, State string }
}

func TestTicketShowsWhatItsReaderMayDo(t *testing.T) {
	f := newFixture(t)
	s := f.mustOpen(t, requester, "k", form85)
	tests := []struct {
		who  string
		want []string
	}{
		{requester, []string{"withdraw", "comment"}},
		{assigner, []string{"assign", "take", "note"}},
		{utiHead, nil},
	}
	for _, test := range tests {
		t.Run(test.who, func(t *testing.T) {
			var d shownTicket
			f.get(t, test.who, "/v1/tickets/"+s.Number).into(t, &d)
			var acts []string
			for _, a := range d.Acts {
				acts = append(acts, a.Act)
			}
			for _, act := range test.want {
				if !slices.Contains(acts, act) {
					t.Errorf("%s is not offered: %v", act, acts)
				}
			}
			if test.want == nil && len(acts) > 0 {
				t.Errorf("offered %v, want none", acts)
			}
		})
	}
}

// What only the desk's own ways in may fill is neither offered nor taken, but
// for the mail to send again.
func TestOfferedFieldsAreThoseACallerMayGive(t *testing.T) {
	f := newFixture(t)
	s := f.mustOpen(t, requester, "k", form85)
	var d shownTicket
	f.get(t, assigner, "/v1/tickets/"+s.Number).into(t, &d)
	refs := 0
	for _, a := range d.Acts {
		for _, field := range a.Fields {
			switch field.Name {
			case "sender", "mail_id", "wait":
				t.Errorf("%s offers %s", a.Act, field.Name)
			case "ref":
				refs++
			}
		}
	}
	if refs != 1 {
		t.Errorf("%d acts ask which mail to send again, want one", refs)
	}
}

func TestOfferedPersonsHaveNames(t *testing.T) {
	f := newFixture(t)
	s := f.mustOpen(t, requester, "k", form85)
	var d shownTicket
	f.get(t, assigner, "/v1/tickets/"+s.Number).into(t, &d)
	for _, a := range d.Acts {
		if a.Act != "assign" {
			continue
		}
		options := a.Fields[0].Options
		if len(options) < 4 || options[0].Value == options[0].Label {
			t.Errorf("options %+v", options)
		}
		return
	}
	t.Errorf("no assign among %+v", d.Acts)
}

func TestTicketHidesNotesAndDeliveriesFromWhoAsked(t *testing.T) {
	f := newFixture(t)
	s := f.mustOpen(t, requester, "k", form85)
	f.mustAct(t, firstLevel, s.Number, `{"act":"note","fields":{"message":"Nota interna."}}`)
	for who, want := range map[string][2]int{requester: {1, 0}, firstLevel: {2, 1}} {
		var d shownTicket
		f.get(t, who, "/v1/tickets/"+s.Number).into(t, &d)
		if got := [2]int{len(d.History), len(d.Deliveries)}; got != want {
			t.Errorf("%s sees %d acts and %d deliveries, want %v", who, got[0], got[1], want)
		}
		if d.Requester.ID != requester || d.Requester.Name == requester {
			t.Errorf("requester %+v has no name", d.Requester)
		}
		if d.History[0].Texts["description"] == "" || d.Sede.Name != "Sede Central" || d.Service.Name != "Antivirus" {
			t.Errorf("shown %+v", d)
		}
	}
}

// openMany opens n tickets a minute apart.
func (f *fixture) openMany(t testing.TB, who string, n int) {
	t.Helper()
	for i := range n {
		f.now = noon.Add(time.Duration(i) * time.Minute)
		f.mustOpen(t, who, fmt.Sprint("many-", i), form85)
	}
}

type listed struct {
	Items []struct{ Number, Subject string }
	Next  string
}

func (f *fixture) pages(t *testing.T, who, target string) []string {
	t.Helper()
	var numbers []string
	cursor := ""
	for range 20 {
		var l listed
		r := f.get(t, who, target+"&cursor="+cursor)
		if r.status != http.StatusOK {
			t.Fatalf("%s: %d %s", target, r.status, r.body)
		}
		r.into(t, &l)
		for _, item := range l.Items {
			numbers = append(numbers, item.Number)
		}
		if cursor = l.Next; cursor == "" {
			return numbers
		}
	}
	t.Fatal("the list never ends")
	return nil
}

func TestListsComeInPagesWithoutGapOrRepeat(t *testing.T) {
	f := newFixture(t)
	f.openMany(t, requester, 7)
	oldest := []string{"2026-000001", "2026-000002", "2026-000003", "2026-000004", "2026-000005", "2026-000006", "2026-000007"}
	newest := slices.Clone(oldest)
	slices.Reverse(newest)
	for target, want := range map[string][]string{
		"/v1/tickets?queue=mesa-de-ayuda:1&limit=3": oldest, "/v1/tickets?queue=mesa-de-ayuda:1&limit=7": oldest,
		"/v1/tickets?queue=mesa-de-ayuda:1": oldest, "/v1/tickets?queue=soporte:2": nil,
	} {
		if diff := cmp.Diff(want, f.pages(t, assigner, target)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", target, diff)
		}
	}
	if diff := cmp.Diff(newest, f.pages(t, requester, "/v1/tickets?requester=me&limit=2")); diff != "" {
		t.Errorf("own requests (-want +got):\n%s", diff)
	}
}

func TestCursorsAreOpaqueAndCannotBeTamperedWith(t *testing.T) {
	f := newFixture(t)
	f.openMany(t, requester, 3)
	const target = "/v1/tickets?queue=mesa-de-ayuda:1&limit=1"
	var l listed
	f.get(t, assigner, target).into(t, &l)
	bad := map[string]string{"not base64": "%25%25", "nothing inside": "AAAA", "a place of the store, bare": "1", "too long": strings.Repeat("A", 2000), "a trailing byte": l.Next + "A"}
	for i := range l.Next {
		for _, c := range "AZ_" {
			if rune(l.Next[i]) != c {
				bad[fmt.Sprintf("character %d is %c", i, c)] = l.Next[:i] + string(c) + l.Next[i+1:]
			}
		}
	}
	for name, cursor := range bad {
		wantBadCursor(t, name, f.get(t, assigner, target+"&cursor="+cursor))
	}
	wantBadCursor(t, "of another list", f.get(t, assigner, "/v1/tickets?queue=soporte:2&cursor="+l.Next))
	wantBadCursor(t, "of another kind of list", f.get(t, assigner, "/v1/tickets?requester=me&cursor="+l.Next))
	wantBadCursor(t, "of another person", f.get(t, firstLevel, target+"&cursor="+l.Next))
	if raw, err := base64.RawURLEncoding.DecodeString(l.Next); err != nil || string(raw) == "1" {
		t.Errorf("cursor %q shows the store's place", l.Next)
	}
}

func wantBadCursor(t *testing.T, name string, r reply) {
	t.Helper()
	p := problemIn(t, r)
	if r.status != http.StatusBadRequest || len(p.Errors) != 1 || p.Errors[0].Parameter != "cursor" {
		t.Errorf("cursor %s: %d %s", name, r.status, r.body)
	}
}

func TestQueryWithMistakesNamesTheParameter(t *testing.T) {
	f := newFixture(t)
	tests := []struct{ name, target, want string }{
		{"no list named", "/v1/tickets", "queue"},
		{"two lists named", "/v1/tickets?queue=mesa-de-ayuda:1&requester=me", "queue"},
		{"somebody else's requests", "/v1/tickets?requester=usuaria-administracion-1", "requester"},
		{"a queue without level", "/v1/tickets?queue=mesa-de-ayuda", "queue"},
		{"a queue of no team", "/v1/tickets?queue=:1", "queue"},
		{"a level that is none", "/v1/tickets?queue=mesa-de-ayuda:6", "queue"},
		{"a level that is a word", "/v1/tickets?queue=mesa-de-ayuda:uno", "queue"},
		{"no limit", "/v1/tickets?requester=me&limit=", "limit"},
		{"limit zero", "/v1/tickets?requester=me&limit=0", "limit"},
		{"limit too high", "/v1/tickets?requester=me&limit=101", "limit"},
		{"limit beyond numbers", "/v1/tickets?requester=me&limit=99999999999999999999", "limit"},
		{"a parameter that does not exist", "/v1/tickets?requester=me&sort=asc", "sort"},
		{"a parameter twice", "/v1/tickets?requester=me&limit=1&limit=2", "limit"},
		{"no sede", "/v1/register?period=202609", "sede"},
		{"no period", "/v1/register?sede=SC", "period"},
		{"a month that is none", "/v1/register?sede=SC&period=202613", "period"},
		{"a period with a dash", "/v1/register?sede=SC&period=2026-09", "period"},
		{"register limit too high", "/v1/register?sede=SC&period=202609&limit=501", "limit"},
		{"a parameter of the catalogue", "/v1/catalogue?q=x", "q"},
		{"a parameter of a ticket", "/v1/tickets/2026-000001?q=x", "q"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := f.get(t, assigner, test.target)
			p := problemIn(t, r)
			if r.status != http.StatusBadRequest || len(p.Errors) != 1 || p.Errors[0].Parameter != test.want {
				t.Errorf("%d %s", r.status, r.body)
			}
		})
	}
	if r := f.get(t, assigner, "/v1/tickets?requester=%zz"); r.status != http.StatusBadRequest {
		t.Errorf("a broken query: %d %s", r.status, r.body)
	}
}

func TestRegisterComesInPages(t *testing.T) {
	f := newFixture(t)
	for i := range 3 {
		f.closed(t, fmt.Sprint("closed-", i))
	}
	var rows []int
	cursor := ""
	for range 5 {
		var l struct {
			Items []struct{ Number int }
			Next  string
		}
		f.get(t, utiHead, "/v1/register?sede=SC&period=202609&limit=2&cursor="+cursor).into(t, &l)
		for _, item := range l.Items {
			rows = append(rows, item.Number)
		}
		if cursor = l.Next; cursor == "" {
			break
		}
	}
	if diff := cmp.Diff([]int{1, 2, 3}, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if r := f.get(t, utiHead, "/v1/register?sede=LUNA&period=202609"); r.status != http.StatusNotFound {
		t.Errorf("a sede that does not exist: %d %s", r.status, r.body)
	}
	if r := f.get(t, other, "/v1/register?sede=LUNA&period=202609"); r.status != http.StatusForbidden {
		t.Errorf("a sede that does not exist, asked by anybody: %d %s", r.status, r.body)
	}
}

func TestCatalogueOffersOnlyWhatTheDeskFollows(t *testing.T) {
	f := newFixture(t)
	var c struct {
		Version string
		Types   []struct {
			Services []struct {
				ID   string
				Ways []struct{ Flow, Label string }
			}
		}
		Forms []struct {
			Flow   struct{ Code string }
			Fields []struct {
				Name     string
				Required bool
			}
		}
	}
	f.get(t, requester, "/v1/catalogue").into(t, &c)
	ways := map[string]int{}
	services := 0
	for _, group := range c.Types {
		for _, s := range group.Services {
			services++
			for _, w := range s.Ways {
				if w.Flow == string(desk.Flow83) {
					t.Errorf("%s is offered by 8.3, which is the UTI's", s.ID)
				}
				ways[s.ID]++
			}
		}
	}
	if services != 33 || len(c.Types) != 8 || ways["apps-spij"] != 2 || ways["apps-antivirus"] != 1 {
		t.Errorf("%d services of %d types, ways %v", services, len(c.Types), ways)
	}
	if len(c.Forms) < 3 || c.Forms[0].Flow.Code != "8.1" || !c.Forms[0].Fields[0].Required {
		t.Errorf("forms %+v", c.Forms)
	}
}

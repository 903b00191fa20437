package sample

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/directory"
)

// noon is a working day of the sample's present.
var noon = time.Date(2026, time.November, 24, 12, 0, 0, 0, calendar.Lima())

func TestRecordsLoadWithoutProblems(t *testing.T) {
	r := mustRecords(t)
	if problems := directory.Check(r); len(problems) > 0 {
		t.Fatalf("the sample contradicts itself:\n%s", strings.Join(problems, "\n"))
	}
	uts, headquarters := 0, 0
	for _, u := range r.Units {
		if u.Kind == directory.Territorial {
			uts++
		} else {
			headquarters++
		}
	}
	if uts != 27 || headquarters < 6 || len(r.Sedes) != 28 {
		t.Errorf("got %d UTs, %d headquarters units, %d sedes; want 27, at least 6, 28", uts, headquarters, len(r.Sedes))
	}
}

func TestRecordsStandTogetherInEachUT(t *testing.T) {
	d := directory.New(mustRecords(t))
	for _, u := range d.Records().Units {
		if u.Kind != directory.Territorial {
			continue
		}
		t.Run(string(u.ID), func(t *testing.T) {
			team, ok := d.TeamFor(desk.Flow86, 1, u.ID, noon)
			if members := d.MembersOf(team, noon); !ok || len(members) < 2 || len(members) > 4 {
				t.Errorf("team %q has members %v", team, members)
			}
			if inbound, ok := d.TeamByAddress(u.Mail, noon); !ok || inbound != team {
				t.Errorf("mail to %s reaches %q, want %q", u.Mail, inbound, team)
			}
			requester := desk.PersonID(strings.ToLower("usuaria-" + string(u.ID) + "-1"))
			for _, stage := range []desk.Stage{desk.StageUT, desk.StageUO} {
				approvers, _ := d.Approvers(stage, requester, u.ID, directory.Policy{}, noon)
				if len(approvers) == 0 {
					t.Errorf("stage %s has no approver", stage)
				}
			}
		})
	}
}

func TestSpecialCasesStandInTheSample(t *testing.T) {
	d := directory.New(mustRecords(t))
	tests := map[string]struct {
		stage     desk.Stage
		requester desk.PersonID
		unit      desk.UnitID
		want      string // who is asked at once
	}{
		"an ordinary request goes to the head":        {desk.StageUT, "usuaria-ut-lima-1", "UT-LIMA", "jefa-ut-lima"},
		"a head's own request goes to the unit above": {desk.StageUT, "jefa-ut-lima", "UT-LIMA", "jefa-supervision"},
		"a substitute in force is asked beside":       {desk.StageUT, "usuaria-ut-cusco-1", "UT-CUSCO", "jefa-ut-cusco suplente-ut-cusco"},
		"a vacant post leads to the unit above":       {desk.StageUT, "usuaria-ut-tacna-1", "UT-TACNA", "jefa-supervision"},
		"a vacant post with an acting head":           {desk.StageUT, "usuaria-ut-moquegua-1", "UT-MOQUEGUA", "suplente-ut-moquegua"},
		"a disabled head leads to the unit above":     {desk.StageUT, "usuaria-ut-puno-1", "UT-PUNO", "jefa-supervision"},
		"a vacant headquarters post leads to the top": {desk.StageUO, "usuaria-comunicacion-1", "COMUNICACION", "jefa-direccion"},
		"the Jefatura of the UTI authorises 8.3":      {desk.StageUTI, "desarrollo-2", "UTI", "jefa-uti"},
		"the Jefatura's own request goes to the top":  {desk.StageUTI, "jefa-uti", "UTI", "jefa-direccion"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			approvers, _ := d.Approvers(tt.stage, tt.requester, tt.unit, directory.Policy{}, noon)
			var asked []string
			for _, a := range approvers {
				if a.AtOnce {
					asked = append(asked, string(a.Person))
				}
			}
			if got := strings.Join(asked, " "); got != tt.want {
				t.Errorf("asked %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAccountsHoldTheRoleTheyAreFor(t *testing.T) {
	d := directory.New(mustRecords(t))
	accounts, err := Accounts()
	if err != nil {
		t.Fatal(err)
	}
	unusual := map[string]directory.Role{"requester-ut": directory.Requester, "ut-head-substitute": directory.UTHead}
	for _, a := range accounts {
		t.Run(a.Role, func(t *testing.T) {
			person, ok := d.ByEmail(a.Email, noon)
			if !ok {
				t.Fatalf("%s is nobody's address", a.Email)
			}
			role, special := unusual[a.Role]
			if !special {
				role = directory.Role(a.Role)
			}
			if !d.HasRole(person.ID, role, noon) {
				t.Errorf("%s does not hold %s: %v", person.ID, role, d.RolesOf(person.ID, noon))
			}
		})
	}
}

func TestSystemsAreServicesOfTheCatalogue(t *testing.T) {
	catalogue := directory.First()
	d := directory.New(mustRecords(t))
	for _, s := range d.Records().Systems {
		if _, ok := catalogue.Service(s.ID); !ok {
			t.Errorf("system %s is no service of the catalogue", s.ID)
		}
	}
	if users := d.UsersOf("apps-sigo", noon); len(users) < 50 {
		t.Errorf("SIGO has %d users, want at least 50", len(users))
	}
}

func mustRecords(t *testing.T) directory.Records {
	t.Helper()
	r, err := Records()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The README's table of columns is what an institution copies: it must name
// every file and every column, and mark what is needed.
func TestReadmeNamesEveryColumn(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	r := mustRecords(t)
	for _, kind := range directory.Kinds() {
		content, err := directory.FormatCSV(r, kind)
		if err != nil {
			t.Fatal(err)
		}
		header, _, _ := strings.Cut(string(content), "\n")
		line := lineWith(string(readme), "**"+string(kind)+"**")
		for _, column := range strings.Split(header, ",") {
			if column != "from" && column != "until" && !strings.Contains(line, column) {
				t.Errorf("column %s of table %s is not described", column, kind)
			}
		}
	}
}

// The files are written as an export writes them, so that exporting, editing
// and importing changes nothing but what was edited.
func TestFilesAreWrittenAsExported(t *testing.T) {
	r := mustRecords(t)
	files, err := filepath.Glob("*.csv")
	if err != nil || len(files) != len(directory.Kinds())+1 {
		t.Fatalf("got files %v, %v", files, err)
	}
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(content), ",")
		if name == accountsFile {
			continue
		}
		exported, err := directory.FormatCSV(r, directory.Kind(first))
		if err != nil {
			t.Fatal(err)
		}
		if string(exported) != string(content) {
			t.Errorf("%s differs from its export", name)
		}
	}
}

func lineWith(text, part string) string {
	for line := range strings.SplitSeq(text, "\n") {
		if strings.Contains(line, part) {
			return line
		}
	}
	return ""
}

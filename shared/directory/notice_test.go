package directory

import (
	"testing"

	"mesa/shared/desk"
)

func TestReachSaysWhereTheDeskMayWrite(t *testing.T) {
	records := institution()
	records.People = append(records.People, Person{ID: "gone", Name: "gone", Emails: []string{"gone@qw.gob.pe"}, Unit: "LINE", Area: "Archivo", Phone: "anexo 9", Disabled: true})
	d := New(records)
	tests := map[string]struct {
		person               desk.PersonID
		address, area, phone string
	}{
		"a disabled account is not written to": {"gone", "", "Archivo", "anexo 9"},
		"nobody is nobody":                     {"", "", "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			address, area, phone := d.Reach(tt.person, now)
			if address != tt.address || area != tt.area || phone != tt.phone {
				t.Errorf("%q %q %q, want %q %q %q", address, area, phone, tt.address, tt.area, tt.phone)
			}
		})
	}
	person, _ := d.Person("ut1-user", now)
	if address, area, _ := d.Reach("ut1-user", now); address != person.Mail() || address == "" || area == "" {
		t.Errorf("who works here: %q %q", address, area)
	}
}

func TestPlaceKnowsTheMailboxOfATerritorialUnit(t *testing.T) {
	d := New(institution())
	tests := map[string]struct {
		unit                  desk.UnitID
		sede                  desk.SedeID
		unitName, name, boxed string
	}{
		"a territorial unit has its own":   {"UT-1", "UT-1", "UT Uno", "UT Uno", "soporte.ut-1@qw.gob.pe"},
		"headquarters uses the desk's":     {"UTI", "SC", "UTI", "Sede Central", ""},
		"an unknown unit has only a sede":  {"", "SC", "", "Sede Central", ""},
		"an unknown place has no name yet": {"", "", "", "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			unit, sede, mailbox := d.Place(tt.unit, tt.sede, now)
			if unit != tt.unitName || sede != tt.name || mailbox != tt.boxed {
				t.Errorf("%q %q %q, want %q %q %q", unit, sede, mailbox, tt.unitName, tt.name, tt.boxed)
			}
		})
	}
}

func TestPostOfIsThePostByWhichOneDecides(t *testing.T) {
	d := New(institution())
	tests := map[string]struct {
		asked desk.Asked
		stage desk.Stage
		want  string
	}{
		"the holder":                           {desk.Asked{Person: "ut1-head"}, desk.StageUT, "Jefa/e de la UT Uno"},
		"the head of the line":                 {desk.Asked{Person: "line-head"}, desk.StageUO, "Jefa/e de Supervisión"},
		"a superior decides by their own post": {desk.Asked{Person: "director"}, desk.StageUO, "Directora/or"},
		"an owner outside the line":            {desk.Asked{Person: "owner-head"}, desk.StageUO, "Jefa/e de Administración"},
		"who stands in for such an owner":      {desk.Asked{Person: "dev-1", For: "owner-head"}, desk.StageUO, "Jefa/e de Administración"},
		"somebody without a post":              {desk.Asked{Person: "dev-1"}, desk.StageUT, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := d.PostOf(tt.asked, tt.stage, "ut1-user", "UT-1", now); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestTeamLedNamesATeamInForce(t *testing.T) {
	d := New(institution())
	if name, lead := d.TeamLed("desarrollo", now); name != "Desarrollo" || lead != "dev-1" {
		t.Errorf("%q %q", name, lead)
	}
	if name, lead := d.TeamLed("", now); name != "" || lead != "" {
		t.Errorf("no team: %q %q", name, lead)
	}
}

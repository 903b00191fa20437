package annex

import (
	"testing"
	"time"

	"mesa/shared/desk"
)

var wednesday = time.Date(2026, 11, 25, 9, 0, 0, 0, desk.Lima)

func TestDaysAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"15/09/2026": "2026-09-15", "15-09-26": "2026-09-15", "15.9.2026": "2026-09-15", "15 / 09 / 2026": "2026-09-15", "2026-09-15": "2026-09-15", "2026-09-15T00:00:00": "2026-09-15",
		"15/09/2026 00:00:00": "2026-09-15", "martes 15 de setiembre de 2026": "2026-09-15", "Martes, 15 de septiembre del 2026": "2026-09-15", "15 set 2026": "2026-09-15", "15-sep-26": "2026-09-15",
		"15 de setiembre": "2027-09-15", "26 de noviembre": "2026-11-26", "25/11": "2026-11-25", "24/11": "2027-11-24", "46280": "2026-09-15", "46280.375": "2026-09-15",
		"01 15/09/2026": "2026-09-15", "01. 15/09/2026": "2026-09-15", "09/15/2026": "2026-09-15", "miércoles 02 de diciembre": "2026-12-02", "MIÉRCOLES\n02/12/2026": "2026-12-02", "..15.. / ..09.. / ..2026..": "2026-09-15", "__15__/__09__/_26_": "2026-09-15", "...../...../.....": "",
		"": "", "01": "", "mañana": "", "31/02/2026": "", "15/13/2026": "", "15/09/2026 al 17/09/2026": "", "40": "", "987654321": "", "NaN": "", "1e5": "", "Inf": "", "15 de": "", "99/99/99": "",
	} {
		got, ok := readDate(text, wednesday)
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%q is read %q, want %q", text, got, want)
		}
	}
}

func TestHoursAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"9:00": "09:00", "09:00": "09:00", "9.00 am": "09:00", "09h00": "09:00", "9 a. m.": "09:00", "9:00 A.M.": "09:00", "3:30 p.m.": "15:30", "3:30 pm": "15:30", "15:30 hrs": "15:30", "15:30 horas": "15:30",
		"15h": "15:00", "12:00 m.": "12:00", "12 m": "12:00", "mediodía": "12:00", "12:30 pm": "12:30", "12:10 am": "00:10", "0.375": "09:00", "0.395833333333333": "09:30", "46280.375": "09:00", "9": "09:00",
		"9.3": "09:30", "9.30": "09:30", "10.15": "10:15", "3 de la tarde": "15:00", "8 de la mañana": "08:00", "09:00:00": "09:00", "a las 9:00": "09:00", "18:00": "18:00",
		"3:00": "?", "0.125": "?", "5": "?",
		"": "", "a las nueve": "", "25:00": "", "9:75": "", "13:00 pm": "13:00", "46280": "", "24": "", "-1": "", "NaN": "", "9:00 a 11:00": "", "9.75": "",
	} {
		got, unsure, ok := readHour(text)
		switch {
		case !ok:
			got = ""
		case unsure:
			got = "?"
		}
		if got != want {
			t.Errorf("%q is read %q, want %q", text, got, want)
		}
	}
}

func TestTwoHoursInOneCellAreTakenApart(t *testing.T) {
	for text, want := range map[string][2]string{"9:00 a 11:00": {"9:00", "11:00"}, "9:00 - 11:00": {"9:00", "11:00"}, "9 a.m. a 1 p.m.": {"9 am", "1 pm"}, "3 a 5 pm": {"3pm", "5 pm"}, "11 a.m. a 3 p.m.": {"11 am", "3 pm"}, "9:00": {}, "sala - 2": {}} {
		from, to, ok := splitHours(text)
		if !ok {
			from, to = "", ""
		}
		if from != want[0] || to != want[1] {
			t.Errorf("%q is taken apart as %q, %q", text, from, to)
		}
	}
}

func TestMarksAreReadAsPeopleMakeThem(t *testing.T) {
	for text, want := range map[string]string{
		"SI (X) NO ( )": "yes", "SI ( ) NO (X)": "no", "SI (x)  NO()": "yes", "SI __X__ NO ____": "yes", "SI (√) NO ( )": "yes", "SI(X)NO()": "yes", "Sí ( ✓ ) No ( )": "yes", "☒ SI ☐ NO": "yes", "SI ☐ NO ☒": "no", "[x] Sí [ ] No": "yes", "SI X NO": "yes", "X SI NO": "yes",
		"SI": "yes", "no": "no", "Sí.": "yes", "SI ( ) NO ( )": "", "SI NO": "", "": "", "SI (X) NO (X)": "", "(X) SI ( ) NO": "yes", "( ) SI (X) NO": "no",
		"Obligatorio: Si( X ) No( ) – Invitada/o ( )": "yes", "Obligatorio: Si() No() – Invitada/o (x)": "guest", "Obligatorio: Sí": "yes", "Obligatorio: No": "no", "Invitada/o": "guest", "Invitado": "guest",
		"no aplica (ver nota)": "no", "sistema": "", "noche": "",
	} {
		if got := readMarks(text).chosen; got != want {
			t.Errorf("%q is read %q, want %q", text, got, want)
		}
	}
}

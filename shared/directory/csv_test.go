package directory

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"mesa/shared/calendar"
	"mesa/shared/desk"
)

func file(name, content string) File { return File{Name: name, Content: strings.NewReader(content)} }

func problemLines(problems []Problem) string {
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

func TestParseCSVReadsATable(t *testing.T) {
	want := []Person{
		{ID: "ana", Name: "Usuaria, la primera", Emails: []string{"ana@qw.gob.pe", "a@qw.gob.pe"}, Unit: "UT-1", Phone: "anexo 1"},
		{ID: "eva", Name: "Usuaria dos", Emails: []string{"eva@qw.gob.pe"}, Unit: "LINE", Roles: []Role{Assigner, Admin}, Disabled: true,
			Period: Period{From: calendar.Date{Year: 2026, Month: 3, Day: 1}, Until: calendar.Date{Year: 2026, Month: 12, Day: 31}}},
	}
	tests := map[string]string{
		"with commas": "person,name,emails,unit,phone,roles,disabled,from,until\n" +
			"ana,\"Usuaria, la primera\",ana@qw.gob.pe a@qw.gob.pe,UT-1,anexo 1,,,,\n" +
			"eva,Usuaria dos,eva@qw.gob.pe,LINE,,assigner admin,sí,2026-03-01,2026-12-31\n",
		"with semicolons, a mark of UTF-8 and Windows lines": "\xef\xbb\xbfperson;name;emails;unit;phone;roles;disabled;from;until\r\n" +
			"ana;Usuaria, la primera;ana@qw.gob.pe a@qw.gob.pe;UT-1;anexo 1;;;;\r\n" +
			"eva;Usuaria dos;eva@qw.gob.pe;LINE;;assigner admin;SI;2026-03-01;2026-12-31\r\n",
		"in another order, with blanks around": "person, unit, name, emails, until, from, disabled, roles, phone\n" +
			"ana , UT-1,\"Usuaria, la primera\", ana@qw.gob.pe  a@qw.gob.pe ,,,no,,anexo 1\n" +
			"eva,LINE,Usuaria dos,eva@qw.gob.pe,2026-12-31,2026-03-01,sí,assigner  admin,\n",
	}
	base := change(func(r *Records) { *r = Records{Sedes: r.Sedes, Units: r.Units} })
	for name, content := range tests {
		t.Run(name, func(t *testing.T) {
			got, problems := ParseCSV(base, file("people.csv", content))
			if len(problems) > 0 {
				t.Fatal(problemLines(problems))
			}
			if diff := cmp.Diff(want, got.People); diff != "" {
				t.Errorf("people (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(base.Units, got.Units); diff != "" {
				t.Errorf("another table changed (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseCSVNamesTheBadCell(t *testing.T) {
	const people = "person,name,emails,unit,roles,disabled,from,until\n"
	const good = "ana,Ana,ana@qw.gob.pe,UT-1,,,,\n"
	long := strings.Repeat("ñ", 201)
	tests := map[string]struct{ content, want string }{
		"an empty file":                 {"", "línea 1: falta la fila con los nombres"},
		"only a header of another kind": {"nombre,unidad\n", "línea 1, columna 1 (nombre): el nombre de la primera columna dice de qué tabla es; debe ser uno de: sede, unit, person, head_of, substitute, team, system, user_of, room, asset_code"},
		"an unknown column":             {"person,name,emails,unit,salary\n", "línea 1, columna 5 (salary): esta tabla no tiene esa columna; tiene: person, name"},
		"a repeated column":             {"person,name,emails,unit,name\n", "línea 1, columna 5 (name): la columna está repetida"},
		"the first column repeated":     {"person,name,emails,unit,person\n", "línea 1, columna 5 (person): la columna está repetida"},
		"a missing column":              {"person,name,unit\n", "línea 1: falta la columna «emails»"},
		"a row too short":               {people + good + "eva,Eva\n", "línea 3: la fila tiene 2 celdas y la cabecera 8"},
		"a row too long":                {people + "ana,Ana,ana@qw.gob.pe,UT-1,,,,,\n", "línea 2: la fila tiene 9 celdas y la cabecera 8"},
		"an empty cell that is needed":  {people + "ana,,ana@qw.gob.pe,UT-1,,,,\n", "línea 2, columna 2 (name): escriba un valor"},
		"an id with a blank":            {people + "ana maria,Ana,ana@qw.gob.pe,UT-1,,,,\n", "línea 2, columna 1 (person): «ana maria» no sirve de código"},
		"an id with a separator":        {people + "ana#1,Ana,ana@qw.gob.pe,UT-1,,,,\n", "columna 1 (person): «ana#1» no sirve de código"},
		"an id too long":                {people + strings.Repeat("a", 65) + ",Ana,ana@qw.gob.pe,UT-1,,,,\n", "no sirve de código"},
		"a text too long":               {people + "ana," + long + ",ana@qw.gob.pe,UT-1,,,,\n", "línea 2, columna 2 (name): el texto pasa de 200 caracteres"},
		"a control character":           {people + "ana,A\x07na,ana@qw.gob.pe,UT-1,,,,\n", "línea 2, columna 2 (name): el texto tiene saltos de línea o caracteres de control"},
		"a line break in a cell":        {people + "ana,\"A\nna\",ana@qw.gob.pe,UT-1,,,,\n", "línea 2, columna 2 (name): el texto tiene saltos de línea"},
		"what is no address":            {people + "ana,Ana,ana@,UT-1,,,,\n", "línea 2, columna 3 (emails): «ana@» no es una dirección de correo"},
		"an address with a name":        {people + "ana,Ana,<ana@qw.gob.pe>,UT-1,,,,\n", "no es una dirección de correo"},
		"an unknown unit":               {people + "ana,Ana,ana@qw.gob.pe,NONE,,,,\n", "línea 2, columna 4 (unit): «NONE» no existe en la tabla unit"},
		"an unknown role":               {people + "ana,Ana,ana@qw.gob.pe,UT-1,boss,,,\n", "línea 2, columna 5 (roles): «boss» no es uno de los valores admitidos: assigner, ut-specialist, uti-specialist, admin"},
		"neither yes nor no":            {people + "ana,Ana,ana@qw.gob.pe,UT-1,,quizá,,\n", "línea 2, columna 6 (disabled): «quizá» no es «sí» ni «no»"},
		"a date of another form":        {people + "ana,Ana,ana@qw.gob.pe,UT-1,,,01/03/2026,\n", "línea 2, columna 7 (from): «01/03/2026» no es una fecha como 2026-03-01"},
		"a day that does not exist":     {people + "ana,Ana,ana@qw.gob.pe,UT-1,,,,2026-02-30\n", "línea 2, columna 8 (until): «2026-02-30» no es una fecha"},
		"an end before its beginning":   {people + "ana,Ana,ana@qw.gob.pe,UT-1,,,2026-03-02,2026-03-01\n", "línea 2, columna 8 (until): la fecha final es anterior a la inicial"},
		"a person twice":                {people + good + "ana,Ana,otra@qw.gob.pe,UT-1,,,,\n", "línea 3, columna 1 (person): «ana» está dos veces para las mismas fechas"},
		"an address of two people":      {people + good + "eva,Eva,ANA+x@qw.gob.pe,UT-1,,,,\n", "línea 3, columna 3 (emails): «ANA+x@qw.gob.pe» ya es de «ana»"},
		"an address of a unit":          {people + "ana,Ana,soporte.usuario@qw.gob.pe,UT-1,,,,\n", "tabla unit del directorio: fila «UTI», columna mail: «soporte.usuario@qw.gob.pe» ya es de «ana»"},
		"quotes that do not close":      {people + "ana,\"Ana,ana@qw.gob.pe,UT-1,,,,\n", "las comillas no están bien puestas"},
		"another encoding":              {people + "ana,A\xf1a,ana@qw.gob.pe,UT-1,,,,\n", "people.csv: el archivo no está en UTF-8"},
		"the line after a broken one":   {people + "ana,\"Ana\nb\",ana@,UT-1,,,,\neva,Eva,eva@,UT-1,,,,\n", "línea 4, columna 3 (emails): «eva@»"},
	}
	base := change(func(r *Records) { *r = Records{Sedes: r.Sedes, Units: r.Units} })
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, problems := ParseCSV(base, file("people.csv", tt.content))
			if text := problemLines(problems); !strings.Contains(text, tt.want) || !strings.Contains(text, "people.csv") && !strings.Contains(text, "tabla") {
				t.Errorf("got  %s\nwant %s", text, tt.want)
			}
			if diff := cmp.Diff(base, got); diff != "" {
				t.Errorf("half imported (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseCSVNamesTheBadCellOfEachTable(t *testing.T) {
	tests := map[string]struct{ content, want string }{
		"a rule of nobody (R70)":      {"system,name,owner,evaluates\napps-sigo,SIGO,OWNER,quien sea\n", "línea 2, columna 4 (evaluates): «quien sea» no es uno de los valores admitidos: line, owner"},
		"a sede that units name":      {"sede,name\nSC,Sede\nUT-1,Uno\n", "tabla unit del directorio: fila «UT-2», columna sede: «UT-2» no existe en la tabla sede"},
		"a unit's kind":               {"unit,name,kind,sede,title\nX,X,ministry,SC,Jefa/e\n", "línea 2, columna 3 (kind): «ministry» no es uno de los valores admitidos: organic, territorial, uti"},
		"a UT without parent":         {"unit,name,kind,sede,title\nX,X,territorial,SC,Jefa/e\n", "línea 2: una UT necesita la unidad de Sede Central"},
		"a unit in a ring":            {"unit,name,kind,sede,title,parent\nA,A,organic,SC,t,B\nB,B,organic,SC,t,C\nC,C,organic,SC,t,B\n", "línea 3, columna 6 (parent): la unidad depende de sí misma"},
		"two UTIs":                    {"unit,name,kind,sede,title\nA,A,uti,SC,t\nB,B,uti,SC,t\n", "línea 3, columna 3 (kind): solo una unidad puede ser la UTI"},
		"hours of another form":       {"unit,name,kind,sede,title,hours\nA,A,uti,SC,t,8-13\n", "línea 2, columna 6 (hours): «8-13» no es un horario como 08:30-13:00"},
		"hours that cross":            {"unit,name,kind,sede,title,hours\nA,A,uti,SC,t,08:00-13:00 12:00-17:00\n", "línea 2, columna 6 (hours): los tramos del horario se cruzan"},
		"hours that end first":        {"unit,name,kind,sede,title,hours\nA,A,uti,SC,t,13:00-08:00\n", "columna 6 (hours): los tramos del horario se cruzan o terminan antes"},
		"two heads at once":           {"head_of,person,from,until\nUT-1,ut1-head,,2026-06-30\nUT-1,ut1-deputy,2026-06-30,\n", "línea 3, columna 1 (head_of): «UT-1» está dos veces para las mismas fechas"},
		"a head who is nobody":        {"head_of,person\nUT-1,nobody\n", "línea 2, columna 2 (person): «nobody» no existe en la tabla person"},
		"a substitute of nothing":     {"substitute\nut1-deputy\n", "línea 2: escriba a quién suple o la jefatura de qué unidad, una de las dos"},
		"a substitute of two things":  {"substitute,principal,head_of\nut1-deputy,ut1-head,UT-1\n", "línea 2, columna 2 (principal): escriba a quién suple"},
		"a substitute of themselves":  {"substitute,principal\nut1-head,ut1-head\n", "línea 2, columna 2 (principal): nadie se suple a sí misma/o"},
		"a team's member":             {"team,name,role,mailbox,members\nt,T,support,t@qw.gob.pe,support-1 nobody\n", "línea 2, columna 5 (members): «nobody» no existe en la tabla person"},
		"a team's role":               {"team,name,role,mailbox\nt,T,admin,t@qw.gob.pe\n", "columna 3 (role): «admin» no es uno de los valores admitidos"},
		"a team's level":              {"team,name,role,mailbox,serves\nt,T,support,t@qw.gob.pe,8.1:6\n", "línea 2, columna 5 (serves): «8.1:6» no es flujo y nivel como 8.1:2"},
		"a team's level in words":     {"team,name,role,mailbox,serves\nt,T,support,t@qw.gob.pe,8.1:dos\n", "«8.1:dos» no es flujo y nivel"},
		"a team's level of zero":      {"team,name,role,mailbox,serves\nt,T,support,t@qw.gob.pe,8.1:0\n", "«8.1:0» no es flujo y nivel"},
		"a team's flow":               {"team,name,role,mailbox,serves\nt,T,support,t@qw.gob.pe,8.9:1\n", "«8.9:1» no es flujo y nivel"},
		"a team out of reach":         {"team,name,role\nt,T,support\n", "línea 2: escriba un buzón o una persona responsable"},
		"two teams of one level":      {"team,name,role,mailbox,serves\nt,T,support,t@qw.gob.pe,8.5:2\nu,U,support,u@qw.gob.pe,8.6:2 8.5:2\n", "línea 3, columna 5 (serves): «8.5:2» ya lo atiende el equipo «t»"},
		"a team at a unit's address":  {"team,name,role,mailbox\nt,T,support,SOPORTE.usuario@qw.gob.pe\n", "línea 2, columna 4 (mailbox): «SOPORTE.usuario@qw.gob.pe» ya es de «UTI»"},
		"a system's owner":            {"system,name,owner\napps-sigo,SIGO,NONE\n", "línea 2, columna 3 (owner): «NONE» no existe en la tabla unit"},
		"a user of no system":         {"user_of,person\napps-none,ut1-user\n", "línea 2, columna 1 (user_of): «apps-none» no existe en la tabla system"},
		"a user twice":                {"user_of,person\napps-sigo,ut1-user\napps-sigo,ut1-user\n", "línea 3, columna 1 (user_of): «apps-sigo ut1-user» está dos veces"},
		"a room's seats":              {"room,name,sede,seats\nsala,Sala,SC,-1\n", "línea 2, columna 4 (seats): «-1» no es un número entero entre 0 y 10000"},
		"a piece of equipment's user": {"asset_code,kind,unit,person\n1,CPU,UT-1,nobody\n", "línea 2, columna 4 (person): «nobody» no existe en la tabla person"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, problems := ParseCSV(institution(), file("f.csv", tt.content))
			if text := problemLines(problems); !strings.Contains(text, tt.want) {
				t.Errorf("got  %s\nwant %s", text, tt.want)
			}
			if diff := cmp.Diff(institution(), got); diff != "" {
				t.Errorf("half imported (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseCSVReportsEveryProblemOfEveryFile(t *testing.T) {
	_, problems := ParseCSV(institution(),
		file("sedes.csv", "sede,name\nS C,\n"),
		file("rooms.csv", "room,name,sede,seats\nsala,Sala,SC,many\n"),
		file("units.csv", "unit\n"))
	want := []string{
		"sedes.csv, línea 2, columna 1 (sede): «S C» no sirve",
		"sedes.csv, línea 2, columna 2 (name): escriba un valor",
		"rooms.csv, línea 2, columna 4 (seats): «many»",
		"units.csv, línea 1: falta la columna «name»",
	}
	text := problemLines(problems)
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%q is missing from\n%s", w, text)
		}
	}
}

func TestParseCSVTakesTheTablesTogether(t *testing.T) {
	got, problems := ParseCSV(Records{},
		file("people.csv", "person,name,emails,unit\nana,Ana,ana@qw.gob.pe,UTI\n"), // refers to a file after it
		file("units.csv", "unit,name,kind,sede,title\nUTI,UTI,uti,SC,Jefa/e\n"),
		file("sedes.csv", "sede,name\nSC,Sede Central\n"))
	if len(problems) > 0 {
		t.Fatal(problemLines(problems))
	}
	if len(got.People) != 1 || len(got.Units) != 1 || len(got.Sedes) != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestParseCSVRefusesOneTableInTwoFiles(t *testing.T) {
	_, problems := ParseCSV(institution(),
		file("a.csv", "room,name,sede\nsala-1,Sala,SC\n"), file("b.csv", "room,name,sede\nsala-2,Sala,SC\n"))
	if got := problemLines(problems); got != "b.csv, línea 1, columna 1 (room): la misma tabla viene ya en a.csv" {
		t.Errorf("got %s", got)
	}
}

func TestParseCSVReportsAFileThatCannotBeRead(t *testing.T) {
	_, problems := ParseCSV(institution(), File{Name: "f.csv", Content: iotest.ErrReader(errors.New("disk"))})
	if got := problemLines(problems); got != "f.csv: no se pudo leer el archivo" {
		t.Errorf("got %s", got)
	}
}

func TestParseCSVEmptiesATableWithoutRows(t *testing.T) {
	got, problems := ParseCSV(institution(), file("rooms.csv", "room,name,sede\n"))
	if len(problems) > 0 || len(got.Rooms) != 0 {
		t.Errorf("got %v and %s", got.Rooms, problemLines(problems))
	}
}

// What FormatCSV writes, ParseCSV reads as the same.
func TestTablesSurviveCSV(t *testing.T) {
	want := change(all(vacate("UT-1", day(8, 31)), disable("ut2-user"), stand(
		Substitute{Person: "ut1-deputy", Unit: "UT-1", Basis: "Resolución, «de ejemplo»", Period: Period{From: day(9, 1)}},
		Substitute{Person: "ut1-helper", Principal: "ut1-specialist", Period: Period{From: day(9, 1), Until: day(9, 30)}}),
		func(r *Records) {
			r.Units[4].Hours = []calendar.Interval{{Opens: calendar.At(8, 0), Closes: calendar.At(13, 0)}, {Opens: calendar.At(14, 0), Closes: calendar.At(24, 0)}}
			r.People[0].Name = "Directora/or \"titular\", con coma; y punto y coma"
			r.People[0].Area, r.People[0].Phone = "Jefatura", "anexo 1"
		}))
	got, problems := ParseCSV(Records{}, export(t, want)...)
	if len(problems) > 0 {
		t.Fatal(problemLines(problems))
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("written and read again (-want +got):\n%s", diff)
	}
}

func export(t *testing.T, r Records) []File {
	t.Helper()
	var files []File
	for _, kind := range Kinds() {
		content, err := FormatCSV(r, kind)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, File{Name: string(kind), Content: bytes.NewReader(content)})
	}
	return files
}

func TestFormatCSVKnowsItsTables(t *testing.T) {
	if _, err := FormatCSV(institution(), Kind("salaries")); err == nil {
		t.Error("wrote a table that is not there")
	}
	got, err := FormatCSV(Records{Rooms: []Room{{ID: "r", Name: "Sala", Sede: "SC"}}}, Rooms)
	if want := "room,name,sede,multiuse,seats,from,until\nr,Sala,SC,,,,\n"; err != nil || string(got) != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}

// Any cell that is taken is written back as it was taken.
func TestCellsOfPeopleSurviveWhateverTheyHold(t *testing.T) {
	base := change(func(r *Records) { *r = Records{Sedes: r.Sedes, Units: r.Units} })
	rapid.Check(t, func(t *rapid.T) {
		r := base
		r.People = []Person{{ID: desk.PersonID(rapid.StringMatching(`[a-z][a-z0-9.-]{0,20}`).Draw(t, "id")),
			Name: rapid.String().Draw(t, "name"), Area: rapid.String().Draw(t, "area"),
			Emails: []string{rapid.StringMatching(`[a-z]{1,9}@[a-z]{1,9}\.pe`).Draw(t, "mail")}, Unit: "UT-1"}}
		content, err := FormatCSV(r, People)
		if err != nil {
			t.Fatal(err)
		}
		got, problems := ParseCSV(base, File{Name: "people.csv", Content: bytes.NewReader(content)})
		if len(problems) > 0 {
			return // refused, and then nothing is taken
		}
		again, err := FormatCSV(got, People)
		if err != nil {
			t.Fatal(err)
		}
		third, problems := ParseCSV(base, File{Name: "people.csv", Content: bytes.NewReader(again)})
		if diff := cmp.Diff(got, third); diff != "" || len(problems) > 0 {
			t.Fatalf("%s %s", diff, problemLines(problems))
		}
	})
}

// Whatever a file holds, an import ends, and takes all of it or nothing.
func FuzzParseCSV(f *testing.F) {
	f.Add("person,name,emails,unit\nana,Ana,ana@qw.gob.pe,UT-1\n")
	f.Add("room;name;sede\nr;\"Sala\n;SC\n")
	f.Add("\xef\xbb\xbf,\n\"")
	f.Fuzz(func(t *testing.T, content string) {
		got, problems := ParseCSV(institution(), file("f.csv", content))
		if len(problems) > 0 {
			if diff := cmp.Diff(institution(), got); diff != "" {
				t.Errorf("half imported (-want +got):\n%s", diff)
			}
			return
		}
		if found := Check(got); len(found) > 0 {
			t.Errorf("took what contradicts itself: %q", found)
		}
	})
}

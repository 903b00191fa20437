package directory_test

import (
	"fmt"
	"strings"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/directory"
)

// A small institution as files, in the form of infra/sample.
func exampleFiles() []directory.File {
	file := func(name, content string) directory.File {
		return directory.File{Name: name, Content: strings.NewReader(content)}
	}
	return []directory.File{
		file("sedes.csv", "sede,name\nSC,Sede Central\nUT-1,UT Ejemplo\n"),
		file("units.csv", "unit,name,kind,sede,parent,title\n"+
			"UTI,Tecnologías,uti,SC,,Jefa/e de la UTI\n"+
			"LINE,Supervisión,organic,SC,,Jefa/e de Supervisión\n"+
			"UT-1,UT Ejemplo,territorial,UT-1,LINE,Jefa/e de la UT Ejemplo\n"),
		file("people.csv", "person,name,emails,unit\n"+
			"jefa-uti,Jefa/e de la UTI,jefa-uti@qw.gob.pe,UTI\n"+
			"jefa-line,Jefa/e de Supervisión,jefa-line@qw.gob.pe,LINE\n"+
			"jefa-ut,Jefa/e de la UT Ejemplo,jefa-ut@qw.gob.pe,UT-1\n"+
			"suplente,Suplente de la jefatura,suplente@qw.gob.pe,UT-1\n"+
			"usuaria,Usuaria/o de la UT Ejemplo,usuaria@qw.gob.pe,UT-1\n"),
		file("heads.csv", "head_of,person\nUTI,jefa-uti\nLINE,jefa-line\nUT-1,jefa-ut\n"),
		file("substitutes.csv", "substitute,principal,from,until\nsuplente,jefa-ut,2026-10-01,2026-10-15\n"),
	}
}

func ExampleDirectory_Approvers() {
	records, problems := directory.ParseCSV(directory.Records{}, exampleFiles()...)
	if len(problems) > 0 {
		fmt.Println(problems)
		return
	}
	d := directory.New(records)
	at := calendar.Date{Year: 2026, Month: time.October, Day: 5}.Start().Add(10 * time.Hour)
	approvers, _ := d.Approvers(desk.StageUT, "usuaria", "UT-1", directory.Policy{}, at)
	for _, a := range approvers {
		fmt.Println(a.Rung, a.Person, "at once:", a.AtOnce)
	}
	// Output:
	// holder jefa-ut at once: true
	// substitute suplente at once: true
	// superior jefa-line at once: false
	// uti jefa-uti at once: false
}

func ExampleParseCSV() {
	records, problems := directory.ParseCSV(directory.Records{},
		directory.File{Name: "rooms.csv", Content: strings.NewReader("room,name,sede,seats\nsala-1,Sala 1,SC,doce\n")})
	fmt.Println(len(records.Rooms), "rooms taken")
	for _, p := range problems {
		fmt.Println(p)
	}
	// Output:
	// 0 rooms taken
	// rooms.csv, línea 2, columna 4 (seats): «doce» no es un número entero entre 0 y 10000
}

func ExampleCompare() {
	before, _ := directory.ParseCSV(directory.Records{}, exampleFiles()...)
	after, _ := directory.ParseCSV(before, directory.File{Name: "heads.csv",
		Content: strings.NewReader("head_of,person,until,from\nUTI,jefa-uti,,\nLINE,jefa-line,,\nUT-1,jefa-ut,2026-12-31,\nUT-1,suplente,,2027-01-01\n")})
	for _, change := range directory.Compare(before, after) {
		fmt.Println(change)
	}
	// Output:
	// ~ head_of UT-1: until «» → «2026-12-31»
	// + head_of UT-1 2027-01-01: person «suplente»
}

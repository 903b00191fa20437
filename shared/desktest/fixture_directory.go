package desktest

import (
	"mesa/shared/desk"
	"mesa/shared/directory"
)

// Records is a small directory: the UTI, an organic unit, one UT below it, and
// the three teams of the worked example.
func Records() directory.Records {
	return directory.Records{
		Sedes: []directory.Sede{{ID: TheSede, Name: "Sede Central"}},
		Units: []directory.Unit{
			{ID: TheUTI, Name: "Unidad de Tecnologías de la Información", Kind: directory.UTI, Sede: TheSede, Title: "Jefa/e de la UTI"},
			{ID: TheUnit, Name: "Unidad Orgánica Ejemplo", Kind: directory.Organic, Sede: TheSede, Parent: TheUTI, Title: "Jefa/e de la Unidad Orgánica Ejemplo"},
			{ID: TheUT, Name: "UT Ejemplo", Kind: directory.Territorial, Sede: TheSede, Parent: TheUnit, Title: "Jefa/e de la UT Ejemplo"},
		},
		People: []directory.Person{
			person(Asker, "Usuaria/o de la UT Ejemplo", "usuaria.ejemplo@qw.gob.pe", TheUT),
			person(UTHead, "Jefa/e de la UT Ejemplo", "jefatura.ut.ejemplo@qw.gob.pe", TheUT),
			person(StandIn, "Especialista de la UT Ejemplo", "especialista.ut.ejemplo@qw.gob.pe", TheUT),
			person(UnitHead, "Jefa/e de la Unidad Orgánica Ejemplo", "jefatura.uo.ejemplo@qw.gob.pe", TheUnit),
			person(Assigner, "Especialista de mesa de ayuda", "mesa@qw.gob.pe", TheUTI, directory.Assigner),
			person(Developer, "Profesional de Desarrollo", "desarrollo@qw.gob.pe", TheUTI),
			person(Database, "Especialista de base de datos", "base.datos@qw.gob.pe", TheUTI),
		},
		Heads: []directory.Head{{Unit: TheUT, Person: UTHead}, {Unit: TheUnit, Person: UnitHead}},
		Teams: []directory.Team{
			{ID: HelpDesk, Name: "Mesa de ayuda", Mailbox: "mesa.ayuda@qw.gob.pe", Lead: Assigner, Members: []desk.PersonID{Assigner},
				Role: directory.FirstLevel, Serves: []directory.Serving{{Flow: desk.Flow81, Level: 1}}},
			{ID: Development, Name: "Desarrollo", Mailbox: "equipo.desarrollo@qw.gob.pe", Lead: Developer, Members: []desk.PersonID{Developer},
				Role: directory.Developer, Serves: []directory.Serving{{Flow: desk.Flow81, Level: 2}}},
			{ID: Databases, Name: "Base de datos", Mailbox: "equipo.bd@qw.gob.pe", Lead: Database, Members: []desk.PersonID{Database},
				Role: directory.Database, Serves: []directory.Serving{{Flow: desk.Flow81, Level: 3}}},
		},
		Systems:     []directory.System{{ID: "SIGO", Name: "SIGO", Owner: TheUnit}},
		SystemUsers: []directory.SystemUser{{System: "SIGO", Person: Asker}, {System: "SIGO", Person: UTHead}},
		Rooms:       []directory.Room{{ID: "SALA-1", Name: "Sala 1", Sede: TheSede, Seats: 12}},
		Equipment:   []directory.Equipment{{Code: "740899500123", Kind: "Laptop", Unit: TheUT, Person: Asker}},
	}
}

func person(id desk.PersonID, name, mail string, unit desk.UnitID, roles ...directory.Role) directory.Person {
	return directory.Person{ID: id, Name: name, Emails: []string{mail}, Unit: unit, Roles: roles}
}

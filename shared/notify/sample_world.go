package notify

import (
	"strings"
	"time"

	"mesa/shared/desk"
)

// openedAt and actedAt are the hours of the samples: a Tuesday, and the afternoon of it.
func openedAt() time.Time { return time.Date(2026, time.September, 15, 14, 5, 0, 0, desk.Lima) }
func actedAt() time.Time  { return time.Date(2026, time.September, 15, 16, 30, 0, 0, desk.Lima) }

// fakePeople is a directory of one territorial unit and the headquarters teams, all invented.
// Whoever is in silent cannot be written to.
type fakePeople struct{ silent map[string]bool }

func (p fakePeople) Name(id desk.PersonID) string {
	return map[desk.PersonID]string{"user": "Usuaria/o de ejemplo", "head": "Jefatura de ejemplo", "deputy": "Suplente de ejemplo",
		"dev": "Desarrollo 1", "dev-lead": "Desarrollo 2", "support": "Personal de soporte 1", "ñandú": "Ñandú García"}[id]
}

func (p fakePeople) Reach(id desk.PersonID, _ time.Time) (address, area, phone string) {
	if id == "" || p.silent[string(id)] || p.silent["all"] {
		return "", "Supervisión", "987 654 321"
	}
	return string(id) + "@qw.gob.pe", "Supervisión", "anexo 104"
}

func (p fakePeople) TeamLed(id desk.TeamID, _ time.Time) (name string, lead desk.PersonID) {
	switch id {
	case "desarrollo":
		return "Equipo de Desarrollo", "dev-lead"
	case "bd":
		return "Equipo de base de datos y aplicaciones", "dev-lead"
	case "ut-ejemplo":
		return "Informática de la UT Ejemplo", "support"
	case "sgd":
		return "Administración del SGD", "support"
	case "mesa":
		return "Mesa de ayuda", "support"
	}
	return "", ""
}

func (p fakePeople) NoticeAddress(id desk.TeamID, at time.Time) (address string, lead desk.PersonID) {
	switch {
	case id == "":
		return "", ""
	case id == "desarrollo": // no mailbox: its lead
		address, _, _ = p.Reach("dev-lead", at)
		return address, "dev-lead"
	case p.silent[string(id)] || p.silent["all"]:
		return "", ""
	}
	return string(id) + "@qw.gob.pe", ""
}

func (p fakePeople) ContactTeam(unit desk.UnitID, _ time.Time) (desk.TeamID, bool) {
	if unit == "UT" {
		return "ut-ejemplo", true
	}
	return "mesa", true
}

func (p fakePeople) Place(unit desk.UnitID, _ desk.SedeID, _ time.Time) (unitName, sedeName, mailbox string) {
	if unit == "UT" {
		return "Unidad Territorial Ejemplo", "UT Ejemplo", "soporte.ut-ejemplo@qw.gob.pe"
	}
	return "Unidad de Administración", "Sede Central", ""
}

func (p fakePeople) PostOf(asked desk.Asked, stage desk.Stage, _ desk.PersonID, _ desk.UnitID, _ time.Time) string {
	switch {
	case asked.Person == "":
		return ""
	case stage == desk.StageUT:
		return "Jefa/e de la UT Ejemplo"
	case stage == desk.StageUTI:
		return "Jefa/e de la UTI"
	}
	return "Jefa/e de la Unidad de Supervisión"
}

// incident is a territorial 8.1 ticket waiting for its first decision.
func incident() desk.Ticket {
	return desk.Ticket{ID: "01J8ZC6N8Q2V4X6Y8Z0A1B2C3D", Number: "2026-004512", Version: 1, Flow: desk.Flow81, Service: "apps-sigo", Kind: desk.Incident,
		Priority: 1, Suggested: true, State: desk.PendingApproval, Requester: "user", Unit: "UT", Sede: "UT", Territorial: true, Channel: desk.ChannelForm,
		Subject: "No se guardan las actas de recepción", OpenedAt: openedAt(), Stage: desk.StageUT, More: []desk.Stage{desk.StageUO},
		Asked: []desk.Asked{{Person: "head", Round: 1}}, StageAt: desk.Mark{Seq: 1, At: openedAt(), Round: 1}}
}

// atLevel is the incident once work began.
func atLevel(l desk.Level, team desk.TeamID, who desk.PersonID) desk.Ticket {
	t := incident()
	t.State, t.Level, t.Team, t.Assignee, t.Stage, t.Asked, t.More, t.StageAt = desk.InProgress, l, team, who, "", nil, nil, desk.Mark{}
	t.LevelAt = desk.Mark{Seq: 4, At: actedAt(), Round: 1}
	return t
}

// hardware is an 8.6 ticket of headquarters.
func hardware(g desk.Gear) desk.Ticket {
	t := atLevel(2, "mesa", "support")
	t.Flow, t.Service, t.Unit, t.Sede, t.Territorial, t.Subject = desk.Flow86, "hardware-computers", "ADM", "SC", false, "La laptop no enciende"
	t.Gear, t.Priority = g, 3
	return t
}

// contactCase is a mail or call that has no flow yet.
func contactCase() desk.Ticket {
	t := atLevel(1, "ut-ejemplo", "")
	t.Flow, t.Service, t.Contact, t.State = "", "", true, desk.ToClassify
	return t
}

// sgdContact is a contact that the administration of the SGD evaluates, and
// sgdTicket the PAU ticket that it attends.
func sgdContact() desk.Ticket {
	t := contactCase()
	t.Flow, t.Service, t.Team, t.State, t.Subject = desk.Flow82, "apps-sgd", "sgd", desk.Unassigned, "No entro al SGD"
	return t
}

func sgdTicket() desk.Ticket {
	t := sgdContact()
	t.Contact, t.Assignee = false, ""
	return t
}

// sgdSolved is that ticket once it was closed and is to be verified.
func sgdSolved() desk.Ticket {
	t := sgdTicket()
	t.State, t.Assignee, t.VerifyAt = desk.Closed, "support", desk.Mark{Seq: 5, At: actedAt(), Round: 1}
	return t
}

func about(t desk.Ticket, actor desk.PersonID) About {
	a := About{Ticket: t, People: fakePeople{}, Actor: desk.Actor{Person: actor}, At: actedAt(),
		Texts: desk.Texts{"subject": t.Subject, "description": "Al guardar el acta aparece error 500 desde las 09:10.", "phone": "987 654 321", "asset": "740899500123"}}
	if !t.Contact {
		a.Service = serviceName(t.Service)
	}
	if words := describedAs(t.Service); words != "" {
		a.Texts["description"] = words
	}
	return a
}

// serviceName is how the catalogue calls the services of the samples.
func serviceName(s desk.ServiceID) string {
	switch s {
	case "hardware-computers":
		return "Computadoras (PCs y Laptops)"
	case "access-siga":
		return "SIGA"
	case "apps-sgd":
		return "SGD (Sistema de Gestión Documental)"
	case "meetings":
		return "Reuniones"
	}
	return "SIGO"
}

// describedAs is what was asked of them, "" where it is about the actas.
func describedAs(s desk.ServiceID) string {
	switch s {
	case "hardware-computers":
		return "No enciende desde ayer.\nLa batería está cargada."
	case "access-siga":
		return "Registraré los pedidos de compra desde el lunes."
	case "apps-sgd":
		return "Me dice que la clave no es válida desde las 09:10."
	case "meetings":
		return "Videoconferencia con las 27 UT, con grabación."
	}
	return ""
}

func env() Env {
	institution := desk.PNAEQW()
	mailbox, _, _ := strings.Cut(institution.Mailbox, "@")
	return Env{BaseURL: "https://pau.example.gob.pe", From: mailbox + "@example.gob.pe", ReplyTo: mailbox + "+01j8zc.k1.abcdefghjkmn@example.gob.pe",
		Root: "<01j8zc.k1.abcdefghjkmn@example.gob.pe>", Item: "01J8ZC6N8Q2V4X6Y8Z0A1B2C3D-1-1",
		Link: "https://pau.example.gob.pe/approvals/eyJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.e30.c2lnbmF0dXJl", Code: "482913", Institution: institution}
}

func toRequester() desk.Audience { return desk.Audience{Kind: desk.ToRequester, Person: "user"} }
func toPerson(p, principal desk.PersonID) desk.Audience {
	return desk.Audience{Kind: desk.ToPerson, Person: p, For: principal}
}
func toTeam(t desk.TeamID) desk.Audience { return desk.Audience{Kind: desk.ToTeam, Team: t} }
func toLead(t desk.TeamID) desk.Audience { return desk.Audience{Kind: desk.ToLead, Team: t} }

// pairs makes notice data.
func pairs(kv ...string) map[string]string {
	data := map[string]string{}
	for i := 0; i+1 < len(kv); i += 2 {
		data[kv[i]] = kv[i+1]
	}
	return data
}

package flow_test

import (
	"maps"
	"slices"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// The cast of these tests: one headquarters unit, one territorial unit, the
// teams of the UTI and the heads. Names say the part they play.
const (
	userHQ     desk.PersonID = "usuaria-sede"
	userUT     desk.PersonID = "usuaria-ut"
	headUT     desk.PersonID = "jefa-ut"
	actingUT   desk.PersonID = "suplente-ut" // substitute of headUT
	headUO     desk.PersonID = "jefa-uo"
	actingUO   desk.PersonID = "suplente-uo" // substitute of headUO
	headUTI    desk.PersonID = "jefa-uti"
	actingUTI  desk.PersonID = "suplente-uti"     // substitute of headUTI
	detector   desk.PersonID = "especialista-uti" // detects what 8.3 is about
	assigner   desk.PersonID = "especialista-mesa"
	deskOne    desk.PersonID = "informatica-mesa"
	support    desk.PersonID = "soporte-1"
	supportTwo desk.PersonID = "soporte-2"
	developer  desk.PersonID = "desarrollo-1"
	devTwo     desk.PersonID = "desarrollo-2"
	database   desk.PersonID = "bd-1"
	databaseB  desk.PersonID = "bd-2"
	network    desk.PersonID = "infra-1"
	networkTwo desk.PersonID = "infra-2"
	vendors    desk.PersonID = "servicios-1"
	expertUT   desk.PersonID = "especialista-ut"
	actingExp  desk.PersonID = "suplente-especialista" // stands in for expertUT
	helperUT   desk.PersonID = "informatica-ut"        // of the UT's team, not its specialist
	sgdOne     desk.PersonID = "sgd-1"
	sgdTwo     desk.PersonID = "sgd-2"
	expertSur  desk.PersonID = "especialista-sur" // of another UT
)

// The teams.
const (
	deskTeam  desk.TeamID = "mesa-de-ayuda"
	supTeam   desk.TeamID = "soporte"
	devTeam   desk.TeamID = "desarrollo"
	bdTeam    desk.TeamID = "base-de-datos"
	netTeam   desk.TeamID = "infraestructura"
	vendTeam  desk.TeamID = "servicios-internos"
	northTeam desk.TeamID = "ut-norte"
	southTeam desk.TeamID = "ut-sur"
	sgdTeam   desk.TeamID = "administradores-sgd"
)

// everybody is the cast in a fixed order.
func everybody() []desk.PersonID {
	return []desk.PersonID{userHQ, userUT, headUT, actingUT, headUO, actingUO, headUTI, actingUTI, detector, assigner, deskOne, support, supportTwo,
		developer, devTwo, database, databaseB, network, networkTwo, vendors, expertUT, actingExp, helperUT, expertSur, sgdOne, sgdTwo}
}

func members() map[desk.TeamID][]desk.PersonID {
	return map[desk.TeamID][]desk.PersonID{
		deskTeam: {assigner, deskOne}, supTeam: {support, supportTwo}, devTeam: {developer, devTwo}, bdTeam: {database, databaseB},
		netTeam: {network, networkTwo}, vendTeam: {vendors}, northTeam: {expertUT, actingExp, helperUT}, southTeam: {expertSur}, sgdTeam: {sgdOne, sgdTwo},
	}
}

// rights is what the directory grants each of the cast.
func rights(p desk.PersonID) flow.Rights {
	r := flow.Rights{Person: p, Known: true, Specialty: map[desk.TeamID]bool{}, Principal: map[flow.Role]desk.PersonID{}}
	for team, people := range members() {
		for _, member := range people {
			if member == p {
				r.Teams = append(r.Teams, flow.Membership{Team: team})
			}
		}
	}
	switch p {
	case assigner:
		r.Desk, r.Assigner = true, true
	case deskOne:
		r.Desk = true
	case headUTI:
		r.UTIHead = true
	case detector:
		r.Detector = true
	case expertUT:
		r.Specialty[northTeam] = true
	case actingExp:
		r.Specialty[northTeam], r.Teams[0].For = true, expertUT
	case expertSur:
		r.Specialty[southTeam] = true
	case sgdOne, sgdTwo:
		r.SGD = sgdTeam
	}
	return r
}

// party is where a requester asks from.
func party(p desk.PersonID) flow.Party {
	if p == userUT || p == headUT || p == expertUT {
		return flow.Party{Person: p, Unit: "UT-NORTE", Sede: "UTN", Territorial: true, Team: northTeam}
	}
	return flow.Party{Person: p, Unit: "OA", Sede: "SC", Team: deskTeam}
}

// teams answers who attends each level: a UT attends 8.5 and 8.6 on one level.
func teams(code desk.FlowCode, territorial bool) map[desk.Level]desk.TeamID {
	all := map[desk.Level]desk.TeamID{1: deskTeam, 2: supTeam, 3: bdTeam, 4: netTeam, 5: vendTeam}
	if code == desk.Flow81 || code == desk.Flow83 || code == "" {
		all[2] = devTeam
	}
	if territorial && code != desk.Flow84 { // 8.4 of a UT is attended at headquarters
		all[1] = northTeam
		if code != desk.Flow81 && code != "" {
			delete(all, 2)
			delete(all, 3)
		}
	}
	if code == desk.Flow82 {
		all = map[desk.Level]desk.TeamID{1: sgdTeam, 4: netTeam, 5: vendTeam}
	}
	return all
}

// approvers answers who decides: the holder at once, then the head of the unit
// above, then the Jefatura of the UTI; the requester never stands among them.
func approvers(requester desk.PersonID) map[desk.Stage]flow.Candidates {
	return map[desk.Stage]flow.Candidates{
		desk.StageUT:  without(requester, headUT, headUO, headUTI),
		desk.StageUO:  without(requester, headUO, "", headUTI),
		desk.StageUTI: without(requester, headUTI, "", ""),
	}
}

// without drops the requester; the first who is left is asked at once.
func without(requester, holder, superior, last desk.PersonID) flow.Candidates {
	group := func(p desk.PersonID) []desk.Asked {
		if p == "" {
			return nil
		}
		return []desk.Asked{{Person: p}}
	}
	switch skipped := []desk.Skipped{{Person: requester, Reason: "requester"}}; {
	case holder != requester:
		return flow.Candidates{AtOnce: group(holder), Superiors: group(superior), Last: group(last)}
	case superior != "":
		return flow.Candidates{AtOnce: group(superior), Last: group(last), Skipped: skipped}
	default:
		return flow.Candidates{AtOnce: group(last), Skipped: skipped}
	}
}

// standsIn puts a substitute in force beside the holder of a stage's post.
func (b *bench) standsIn(stage desk.Stage, substitute, holder desk.PersonID) {
	b.approval = maps.Clone(b.approval)
	c := b.approval[stage]
	c.AtOnce = append(slices.Clone(c.AtOnce), desk.Asked{Person: substitute, For: holder})
	b.approval[stage] = c
}

// service is one of the catalogue of these tests.
func service(id desk.ServiceID) flow.Service { return services()[id] }

// services of the catalogue, by id.
func services() map[desk.ServiceID]flow.Service {
	incident := flow.FlowChoice{Flow: desk.Flow81, Kind: desk.Incident}
	detected := flow.FlowChoice{Flow: desk.Flow83, Kind: desk.Incident, Staff: true}
	request := flow.FlowChoice{Flow: desk.Flow85, Kind: desk.Requirement}
	broken := flow.FlowChoice{Flow: desk.Flow86, Kind: desk.Incident}
	assistance := flow.FlowChoice{Flow: desk.Flow87, Kind: desk.Requirement}
	access := flow.FlowChoice{Flow: desk.Flow84, Kind: desk.Requirement}
	return map[desk.ServiceID]flow.Service{
		"sigo":      {ID: "sigo", Name: "SIGO", Typology: "Soporte de aplicaciones y software", Flows: []flow.FlowChoice{incident, request, detected}},
		"acceso":    {ID: "acceso", Name: "SIGA", Typology: "Acceso", Flows: []flow.FlowChoice{access}},
		"antivirus": {ID: "antivirus", Name: "Antivirus", Typology: "Soporte de aplicaciones y software", Flows: []flow.FlowChoice{request}},
		"sgd":       {ID: "sgd", Name: "SGD", Typology: "Soporte de aplicaciones y software", Flows: []flow.FlowChoice{request, {Flow: desk.Flow82, Kind: desk.Incident}}},
		"consultas": {ID: "consultas", Name: "Consultas Técnicas", Typology: "Apoyo / asistencia técnica diversos", Flows: []flow.FlowChoice{assistance}},
		"reuniones": {ID: "reuniones", Name: "Reuniones", Typology: "Apoyo / asistencia técnica diversos", Flows: []flow.FlowChoice{{Flow: desk.Flow88, Kind: desk.Requirement}}},
		"impresora": {ID: "impresora", Name: "Impresoras", Typology: "Avería de Hardware", Flows: []flow.FlowChoice{broken}},
	}
}

// tuesday is 15/09/2026, an ordinary working day in Lima.
func tuesday(hour, minute int) time.Time {
	return time.Date(2026, 9, 15, hour, minute, 0, 0, desk.Lima).UTC()
}

// workday is a day of that week or the next: 0 is Tuesday 15.
func workday(day, hour, minute int) time.Time {
	return time.Date(2026, 9, 15+day, hour, minute, 0, 0, desk.Lima).UTC()
}

package flow

import (
	"fmt"

	"mesa/shared/desk"
)

// Offer is an act that a person may do now: a button of the ticket page.
type Offer struct {
	Act    desk.ActKind
	Label  string
	Clause string
	Fields []Field
	Free   bool
}

// Offers lists what this person may do with this ticket now, in the table's
// order: exactly what Decide would not refuse for role or state.
func Offers(t desk.Ticket, f Facts) []Offer {
	var offers []Offer
	a := desk.Act{Actor: desk.Actor{Person: f.Rights.Person, Assurance: desk.AssuredSession}, Ticket: t.ID}
	for i := range table {
		r := &table[i]
		if r.Act == desk.ActOpen || r.Act == desk.ActContact || r.Act == desk.ActLink {
			continue
		}
		if first, ok := find(t, r.Act); !ok || first != r {
			continue
		}
		if first, _ := find(t, r.Act); first != r {
			continue // a flow's own row stands before everybody's
		}
		a.Kind = r.Act
		if _, err := r.permits(t, f, a); err != nil {
			continue
		}
		offers = append(offers, Offer{Act: r.Act, Label: r.Label, Clause: r.Clause, Fields: r.fieldsFor(t, f), Free: r.Free})
	}
	return offers
}

// fieldsFor fills the options that come from the world.
func (r *Row) fieldsFor(t desk.Ticket, f Facts) []Field {
	fields := make([]Field, 0, len(r.Fields))
	for _, field := range r.Fields {
		switch {
		case r.Act == desk.ActClassify && f.Proposal == nil && OfAnnex(field.Name): // nothing to confirm: it is asked for
			continue
		case field.Name == annexChoice:
			field.Optional = false
		case field.Name == "level" && r.Act == desk.ActSendBack:
			for _, l := range heldLevels(t) {
				n := string('0' + rune(l))
				field.Options = append(field.Options, Option{n, "Nivel " + n})
			}
		case field.Name == "system":
			for _, system := range f.Systems {
				field.Options = append(field.Options, Option{string(system.ID), fmt.Sprintf("%s (%d personas)", system.Name, system.Users)})
			}
		case field.Name == "row":
			field.Options = dateOptions(r.Act, f)
		case field.Name == "room":
			field.Options = roomOptions(t, f)
		case field.Name == "replaces":
			if field.Options = unseenOptions(t); len(field.Options) == 0 {
				continue
			}
		case field.Kind == Person && (r.Act == desk.ActAssign || r.Act == desk.ActDerive):
			for _, p := range f.Members[assignTeam(t, f)] {
				field.Options = append(field.Options, Option{string(p), string(p)})
			}
		case field.Name == purposeName:
			field.Options = purposeOptions(t, f)
		}
		fields = append(fields, field)
	}
	return fields
}

// assignTeam is the team whose members an assignment may name.
func assignTeam(t desk.Ticket, f Facts) desk.TeamID {
	if t.Level == 1 && f.Teams[2] != "" && t.Flow != desk.Flow81 {
		return f.Teams[2]
	}
	return t.Team
}

// Demand is one line of «Para cerrar falta».
type Demand struct {
	Text   string
	Done   bool
	Not    bool         // does not apply to this ticket
	Act    desk.ActKind // the act that satisfies it, if not the closing itself
	Clause string
}

// Closing is the checklist of a ticket: R153.
func Closing(t desk.Ticket) []Demand {
	if t.Contact && t.Flow == "" {
		return []Demand{{Text: "Clasificación: flujo, servicio y prioridad", Act: desk.ActClassify, Clause: "7.4"}}
	}
	ends := desk.ActClose
	if t.Contact && t.Flow == desk.Flow82 {
		ends = desk.ActTypingError
	}
	list := []Demand{
		{Text: "Tipología del catálogo", Done: t.Service != "", Act: desk.ActClassify, Clause: "R60"},
		{Text: "Descripción de la solución", Done: t.State == desk.Closed, Act: ends, Clause: "R132"},
		{Text: "Comunicación a la/el usuaria/o", Done: t.State == desk.Closed, Act: ends, Clause: "7.3, R31"},
	}
	switch t.Flow {
	case desk.Flow82:
		if !t.Contact {
			list = append(list, Demand{Text: "Estar en Nivel 1: cierra la administración del SGD", Done: t.Level == 1, Act: desk.ActSendBack, Clause: "8.2.4"})
		}
	case desk.Flow81, desk.Flow83:
		if !t.Contact {
			list = append(list, incidentDemands(t)...)
		}
	case desk.Flow87:
		list = append(list, Demand{Text: "Teléfono de la/el usuaria/o", Done: phoneKnown().holds(t, Facts{}, desk.Act{}), Act: desk.ActProvideData, Clause: "8.7.1"})
	case desk.Flow84:
		list = append(list, closingAccess(t)...)
	case desk.Flow88:
		list = append(list, closingRooms(t)...)
	case desk.Flow86:
		list = append(list,
			Demand{Text: "Código patrimonial, o sin código a la vista", Done: assetKnown().holds(t, Facts{}, desk.Act{}), Act: desk.ActProvideData, Clause: "8.6.1"},
			Demand{Text: "Equipo devuelto", Done: t.Gear == desk.GearReturned, Not: t.Gear != desk.GearToMove && t.Gear != desk.GearCustody && t.Gear != desk.GearReturned,
				Act: gearAct(t.Gear), Clause: "8.6.5"})
	}
	return list
}

func gearAct(g desk.Gear) desk.ActKind {
	if g == desk.GearToMove {
		return desk.ActTakeCustody
	}
	return desk.ActReturn
}

// Step is «Siguiente paso (8.1.5)»: what the norm expects now, and of whom.
type Step struct {
	Clause string
	Text   string
	Acts   []desk.ActKind // the acts that carry it out, most usual first
}

// Next is the step the procedure expects of a ticket as it stands.
func Next(t desk.Ticket) Step {
	switch t.State {
	case desk.ToClassify:
		if t.Unverified {
			return Step{"R9, R29", "Compruebe quién escribe: el correo llegó sin verificar.", []desk.ActKind{desk.ActConfirmSender}}
		}
		return Step{"8.1.2, 7.4", "Evalúe el contacto y clasifíquelo; si no corresponde al Nivel 1, indique que saque ticket PAU.", []desk.ActKind{desk.ActClassify, desk.ActNeedTicket}}
	case desk.PendingApproval:
		return decisionStep(t)
	case desk.WaitingUser:
		return Step{askedBy(t.Flow), "Espera la respuesta de la/el usuaria/o.", []desk.ActKind{desk.ActAnswer, desk.ActComment}}
	case desk.WaitingVendor:
		return Step{"7.5", "Espera al proveedor: registre su respuesta cuando llegue.", []desk.ActKind{desk.ActVendorAnswer}}
	case desk.Joined:
		return Step{"R150", "Se atiende con el incidente masivo al que está unido y se cierra con él.", []desk.ActKind{desk.ActSeparate}}
	case desk.TransferPending:
		return Step{"8.6.4", "Retire el equipo y registre el traslado, o anote que no se trasladó.", []desk.ActKind{desk.ActTakeCustody, desk.ActNotMoved}}
	case desk.InCustody:
		return Step{"8.6.5", "Concluya la revisión y registre la devolución del equipo.", []desk.ActKind{desk.ActReturn}}
	case desk.Rejected, desk.Closed, desk.Withdrawn, desk.Redirected:
		if step, ok := recordingStep(t); ok {
			return step
		}
		return endedStep(t)
	default:
		return workStep(t)
	}
}

func endedStep(t desk.Ticket) Step {
	switch t.State {
	case desk.Rejected:
		return Step{decisionClause(t.Flow) + ", R67", "El caso terminó rechazado. Puede presentarse otro.", nil}
	case desk.Redirected:
		return Step{"8.1.3", "Se indicó sacar un ticket PAU.", nil}
	case desk.Withdrawn:
		return Step{"R150", "Quien solicitó retiró el caso.", nil}
	default:
		return closedStep(t)
	}
}

func workStep(t desk.Ticket) Step {
	switch {
	case t.Flow == desk.Flow82:
		return sgdStep(t)
	case t.Contact:
		return Step{"8.1.2", "Atienda en Nivel 1, registre y cierre; si no puede, indique que saque ticket PAU.", []desk.ActKind{desk.ActClose, desk.ActNeedTicket, desk.ActTake}}
	case developed(t.Flow):
		return incidentStep(t)
	case t.Flow == desk.Flow84 && t.Level <= 3:
		return accessStep(t)
	case t.Level >= 4 && (t.State == desk.Unassigned || t.State == desk.Assigned):
		return Step{"7.5, R49", "Reciba el caso y tómelo.", []desk.ActKind{desk.ActTake}}
	case t.Flow == desk.Flow88 && t.State == desk.InProgress:
		return roomStep(t)
	case t.State == desk.Unassigned && t.Level == 1:
		return Step{supportClause(t.Flow, ".2"), "Reciba el requerimiento y asígnelo.", []desk.ActKind{desk.ActAssign, desk.ActTake}}
	case t.State == desk.Unassigned || t.State == desk.Assigned:
		return Step{supportClause(t.Flow, ".3"), "Reciba el requerimiento y tómelo.", []desk.ActKind{desk.ActTake, desk.ActAssign}}
	case t.Flow == desk.Flow86 && t.Gear == desk.GearNone:
		return Step{"8.6.3", "Inicie el diagnóstico.", []desk.ActKind{desk.ActDiagnose, desk.ActClose}}
	case t.Flow == desk.Flow86 && t.Gear == desk.GearPaused:
		return stoppedHour(t)
	case t.Flow == desk.Flow86:
		return Step{"8.6.3, 8.6.4", "Solucione y cierre; si tomará más de 60 minutos, dígalo.", []desk.ActKind{desk.ActClose, desk.ActDeclareLong}}
	case t.Flow == desk.Flow87 && !phoneKnown().holds(t, Facts{}, desk.Act{}):
		return Step{"8.7.1, 8.7.3", "Atienda, y anote el teléfono de la/el usuaria/o: sin él no se cierra.", []desk.ActKind{desk.ActProvideData, desk.ActLogContact, desk.ActAsk}}
	default:
		return Step{supportClause(t.Flow, ".3") + ", " + supportClause(t.Flow, ".4"), "Comuníquese con la/el usuaria/o, atienda, registre y cierre.", []desk.ActKind{desk.ActClose, desk.ActLogContact, desk.ActAsk}}
	}
}

// supportClause is a step of the flows attended by assignment: 8.5.2, 8.6.2, 8.7.2, 8.8.2.
func supportClause(f desk.FlowCode, step string) string { return string(f) + step }

// Offered tells whether the person may do the act now.
func Offered(offers []Offer, act desk.ActKind) bool {
	for _, o := range offers {
		if o.Act == act {
			return true
		}
	}
	return false
}

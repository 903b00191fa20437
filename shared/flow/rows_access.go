package flow

import (
	"slices"
	"strconv"
	"strings"

	"mesa/shared/desk"
)

// accessRows: access to the information systems, 8.4: asked through the SGD with
// two papers, derived by proveído, created, delivered once, archived, closed.
func accessRows() []Row {
	f84, hands := []desk.FlowCode{desk.Flow84}, []Role{Assignee}
	return []Row{
		{Act: desk.ActOpen, Flows: f84, Clause: "8.4.1, R98", Label: "Enviar solicitud", Who: []Role{Anyone, Client},
			Fields: OpenFields(desk.Flow84), To: "Nivel 1, sin asignar; se adjuntan el formato y el anexo", Free: true, do: open},
		{Act: desk.ActDerive, Flows: f84, Clause: "8.4.2, R99", Label: "Derivar por proveído", Who: []Role{DeskAssigner}, From: []Guard{working(), atLevel(1), papersGiven()},
			Fields: deriveFields(), To: "Nivel 2, profesional de soporte", do: derive},
		{Act: desk.ActAssign, Flows: f84, Clause: "8.4.2, 8.4.3", Label: "Asignar", Who: []Role{DeskAssigner}, From: []Guard{working(), atLevel(2)},
			Fields: []Field{personField()}, To: "Asignado a otra persona de soporte", do: assign},
		{Act: desk.ActCreateAccess, Flows: f84, Clause: "8.4.3, R100", Label: "Registrar accesos creados", Who: hands, From: []Guard{working(), papersGiven(), derived()},
			Fields: accessFields(), To: "En progreso; falta entregar las credenciales, si las hay", do: createAccess},
		{Act: desk.ActDeliverCredential, Flows: f84, Clause: "8.4.3, R101, R103", Label: "Entregar credenciales", Who: hands, From: []Guard{working(), papersGiven(), derived(), accessCreated()},
			Fields: credentialFields(), To: "En progreso; la contraseña se ve una sola vez o se dice por llamada", do: deliverCredential},
		{Act: desk.ActShowCredential, Clause: "8.4.3, R101, R103", Label: "Mostrar una sola vez", Who: []Role{Requester}, From: []Guard{byLinkAndCode()}, Free: true,
			Fields: []Field{{Name: "delivery", Label: "Entrega", Kind: Hidden, Max: 6, Missing: "Falta la entrega."}}, To: "Igual; la contraseña se borra al mostrarse", do: showCredential},
		{Act: desk.ActArchiveProveido, Flows: f84, Clause: "8.4.3, R102", Label: "Archivar el proveído", Who: hands, From: []Guard{working(), derived(), notArchived()},
			To: "En progreso; proveído archivado en el SGD", do: archiveProveido},
		{Act: desk.ActClose, Flows: f84, Clause: "8.4.3, R102, R153", Label: "Comunicar, registrar y cerrar", Who: hands,
			From: []Guard{closable(), papersGiven(), derived(), accessSettled(), archived()}, Fields: closeFields(true), To: "Cerrado, con fila en el Anexo 01", do: closeTicket},
	}
}

func deriveFields() []Field {
	return []Field{
		{Name: "proveido", Label: "N.º de proveído", Hint: "Como figura en el SGD.", Kind: Line, Max: 60, Missing: "Escriba el número del proveído.", Clause: "8.4.2, R99"},
		{Name: "proveido_date", Label: "Fecha del proveído", Kind: Date, Missing: "Escriba la fecha del proveído.", Clause: "8.4.2, R99"},
		personField(),
	}
}

func accessFields() []Field {
	return []Field{
		{Name: "message", Label: "Accesos creados", Hint: "Sistemas y perfiles, según el formato. No escriba contraseñas.", Kind: Long, Max: maxText, Missing: "Escriba qué accesos se crearon."},
		{Name: "credentials", Label: "¿Hay credenciales temporales por entregar?", Kind: Radio, Options: yesNo(), Missing: "Elija si hay credenciales por entregar."},
	}
}

// credentialFields: the password is no input like the others. It is sealed before
// the act sets out, and neither the rules nor the record ever see it.
func credentialFields() []Field {
	return []Field{
		{Name: "system", Label: "Sistema", Kind: Line, Max: maxLine, Missing: "Escriba de qué sistema son las credenciales."},
		{Name: "account", Label: "Usuaria/o (cuenta)", Kind: Line, Max: maxLine, Missing: "Escriba la cuenta creada."},
		{Name: "medium", Label: "Cómo se entrega la contraseña temporal", Kind: Radio, Missing: "Elija cómo se entrega la contraseña.", Clause: "8.4.3, R101",
			Options: []Option{{"mail", "Correo con enlace: se muestra una sola vez"}, {"phone", "Llamada telefónica, ya hecha: aquí no se guarda"}}},
		{Name: "password", Label: "Contraseña temporal", Hint: "Solo para el enlace: " + passwordRule + ". No quedará en el caso ni en el correo.", Kind: Secret, Max: maxSecret, Optional: true, Clause: "8.4.3, R103"},
		{Name: "call", Label: "Con quién habló y resultado", Hint: "Solo para la llamada. No escriba la contraseña.", Kind: Line, Max: 300, Optional: true},
		{Name: "replaces", Label: "Reemplaza una entrega anterior", Hint: "El enlace anterior deja de servir.", Kind: Choice, Max: 6, Optional: true},
	}
}

// documentName is the input with the SGD's number.
const documentName = "sgd_document"

// accessPapers are the two files of 8.4.1.
func accessPapers() []desk.Purpose { return []desk.Purpose{desk.AccessForm, desk.CommitmentAnnex} }

// missingAccess is what 8.4.1 demands and nobody gave. The files are attached,
// never typed; they are asked for under the name of their purpose.
func missingAccess(given desk.Fields) []string {
	return without([]string{documentName, string(desk.AccessForm), string(desk.CommitmentAnnex)}, given)
}

// paperNames are what is asked for, as a sentence names it.
func paperNames(t desk.Ticket) []string {
	var names []string
	if slices.Contains(t.Missing, documentName) {
		names = append(names, "el número del documento SGD")
	}
	for _, p := range accessPapers() {
		if !t.Files.Has(p) {
			names = append(names, map[desk.Purpose]string{desk.AccessForm: "el formato de acceso", desk.CommitmentAnnex: "el anexo de compromiso"}[p])
		}
	}
	return names
}

// papersGiven: 8.4 does not proceed without its number and both files (R98).
func papersGiven() Guard {
	return Guard{Text: "con número de documento SGD, formato de acceso y anexo de compromiso", Refusal: "Faltan el formato de acceso y el anexo de compromiso: adjúntelos para continuar.", Clause: "8.4.1, R98",
		say: MissingPapers, holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return MissingPapers(t) == "" }}
}

// MissingPapers names what is missing and what to do about it, "" for nothing.
func MissingPapers(t desk.Ticket) string {
	names, verb := paperNames(t), "adjúnte"
	if slices.Contains(t.Missing, documentName) {
		verb = "compléte"
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return "Falta " + names[0] + ": " + verb + "lo para continuar."
	default:
		last := len(names) - 1
		return "Faltan " + strings.Join(names[:last], ", ") + " y " + names[last] + ": " + verb + "los para continuar."
	}
}

// paperActs bring what is missing.
func paperActs(t desk.Ticket) []desk.ActKind {
	if slices.Contains(t.Missing, documentName) {
		return []desk.ActKind{desk.ActProvideData, desk.ActAttach}
	}
	return []desk.ActKind{desk.ActAttach}
}

func derived() Guard {
	return Guard{Text: "derivado por proveído", Refusal: "Falta el proveído: la UTI deriva el formato por proveído del SGD (8.4.2).", Clause: "8.4.2, R99",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return t.Proveido != desk.ProveidoNone }}
}

func accessCreated() Guard {
	return Guard{Text: "con los accesos creados", Refusal: "Primero registre los accesos creados (8.4.3).", Clause: "8.4.3, R100",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return t.Access != desk.AccessNone }}
}

func accessSettled() Guard {
	return Guard{Text: "con los accesos creados y las credenciales entregadas", Refusal: "Para cerrar falta: crear los accesos y entregar las credenciales (8.4.3).", Clause: "8.4.3, R101",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return t.Access == desk.AccessSettled }}
}

func notArchived() Guard {
	return Guard{Text: "con el proveído sin archivar", Refusal: "El proveído ya está archivado.", Clause: "8.4.3, R102",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return t.Proveido != desk.ProveidoFiled }}
}

func archived() Guard {
	return Guard{Text: "con el proveído archivado en el SGD", Refusal: "Para cerrar falta: archivar el proveído en el SGD (8.4.3).", Clause: "8.4.3, R102",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return t.Proveido == desk.ProveidoFiled }}
}

// byLinkAndCode: nobody sees a password by being signed in, nor by having the
// link alone: scanners open links and press buttons (F18).
func byLinkAndCode() Guard {
	return Guard{Text: "con el enlace y el código del correo", Refusal: "La contraseña solo se ve con el enlace y el código del correo.", Clause: "8.4.3, R101",
		holds: func(_ desk.Ticket, _ Facts, a desk.Act) bool {
			return a.Actor.Assurance == desk.AssuredCode && a.Channel == desk.ChannelLink
		}}
}

// derive: the UTI hands the form to a professional by proveído.
func derive(s *step) {
	on, who := s.a.Field("proveido_date"), desk.PersonID(s.a.Field("person"))
	team := s.f.Teams[2]
	switch day, err := ParseDate(on); {
	case err != nil || day.After(s.f.Now):
		s.invalid("proveido_date", "La fecha del proveído debe ser hoy o anterior.")
	case team == "":
		s.enter(2, desk.BecauseAssigned, "") // refused: no team attends it
	case !s.f.member(team, who):
		s.invalid("person", "Elija a una persona del equipo que atiende ese nivel.")
	default:
		s.text("proveido")
		s.emit(desk.ProveidoDerived{On: on})
		s.enter(2, desk.BecauseAssigned, who)
		if who != s.a.Actor.Person {
			s.mail(desk.MailAssigned, toPerson(who))
		}
	}
}

func createAccess(s *step) {
	s.text("message")
	s.emit(desk.AccessCreated{Credentials: s.a.Field("credentials") == "yes"})
}

// maxUnseen is how many passwords may wait to be looked at: they stand in the
// stored ticket, which is small.
const maxUnseen = 4

// deliverCredential: by a one-time link, or told by telephone. The sealed
// password goes to the store beside the record, in the same transaction.
func deliverCredential(s *step) {
	medium := desk.Medium(s.a.Field("medium"))
	ended, ok := s.endedDeliveries()
	switch {
	case !ok:
		s.invalid("replaces", "Elija una entrega que todavía no se vio.")
		return
	case medium == desk.ByPhone && s.a.Field("call") == "":
		s.invalid("call", "Escriba con quién habló y el resultado de la llamada.")
		return
	case medium == desk.ByMail && len(s.a.Secret) == 0:
		s.invalid("password", "Escriba la contraseña temporal.")
		return
	case medium == desk.ByMail && len(s.t.Unseen)-len(ended) >= maxUnseen:
		s.invalid("replaces", "Hay "+strconv.Itoa(maxUnseen)+" contraseñas sin ver: reemplace una o espere a que se vean.")
		return
	}
	s.text("system", "account", "call")
	s.emit(desk.CredentialDelivered{Medium: medium, Replaced: ended}, desk.RequesterTold{Medium: medium})
	s.vault.Drop = ended
	if medium == desk.ByPhone {
		return
	}
	seq := s.before.Version + 1
	s.vault.Keep = &desk.Credential{Delivery: seq, Sealed: s.a.Secret, Until: s.f.Now.Add(s.f.Policy.CredentialLife)}
	s.mail(desk.MailCredentials, s.toRequester(), "system", s.a.Field("system"), "account", s.a.Field("account"),
		"until", s.vault.Keep.Until.In(desk.Lima).Format(clockLayout))
	n := &s.notices[len(s.notices)-1]
	n.Wait, n.Round = desk.NewWaitID(desk.WaitCredential, seq), 1
}

// endedDeliveries are the deliveries that this one ends: the one it replaces, and
// those whose time is over.
func (s *step) endedDeliveries() ([]int, bool) {
	replaced, _ := strconv.Atoi(s.a.Field("replaces"))
	ended, found := []int(nil), s.a.Field("replaces") == ""
	for _, m := range s.t.Unseen {
		if m.Seq == replaced || s.expired(m) {
			ended = append(ended, m.Seq)
		}
		found = found || m.Seq == replaced
	}
	return ended, found
}

func (s *step) expired(delivery desk.Mark) bool {
	return !s.f.Now.Before(delivery.At.Add(s.f.Policy.CredentialLife))
}

// showCredential: seen once, and gone with the same transaction.
func showCredential(s *step) {
	seq, err := strconv.Atoi(s.a.Field("delivery"))
	delivery, unseen := s.t.UnseenDelivery(seq)
	switch {
	case err != nil || !unseen:
		s.refuse("8.4.3, R103", "Esa contraseña ya se mostró o fue reemplazada.")
	case s.expired(delivery):
		s.refuse("8.4.3, R103", "El enlace de esa contraseña venció: pida otra.")
	default:
		s.emit(desk.CredentialShown{Delivery: seq})
		s.vault.Show = seq
	}
}

func archiveProveido(s *step) { s.emit(desk.ProveidoArchived{}) }

// unseenOptions are the deliveries that another may replace.
func unseenOptions(t desk.Ticket) []Option {
	var options []Option
	for _, m := range t.Unseen {
		options = append(options, Option{strconv.Itoa(m.Seq), "La del " + m.At.In(desk.Lima).Format(clockLayout) + ", sin ver"})
	}
	return options
}

// closingAccess are the lines of the checklist that only 8.4 has.
func closingAccess(t desk.Ticket) []Demand {
	settle := desk.ActCreateAccess
	if t.Access == desk.AccessOwed {
		settle = desk.ActDeliverCredential
	}
	return []Demand{
		{Text: "Documento SGD, formato de acceso y anexo de compromiso", Done: MissingPapers(t) == "", Act: paperActs(t)[0], Clause: "8.4.1, R98"},
		{Text: "Proveído de la UTI", Done: t.Proveido != desk.ProveidoNone, Act: desk.ActDerive, Clause: "8.4.2, R99"},
		{Text: "Accesos creados y credenciales entregadas", Done: t.Access == desk.AccessSettled, Act: settle, Clause: "8.4.3, R100, R101"},
		{Text: "Proveído archivado en el SGD", Done: t.Proveido == desk.ProveidoFiled, Act: desk.ActArchiveProveido, Clause: "8.4.3, R102"},
	}
}

// accessStep is «Siguiente paso» of 8.4 while a level has it.
func accessStep(t desk.Ticket) Step {
	waiting := t.State == desk.Unassigned || t.State == desk.Assigned
	switch {
	case MissingPapers(t) != "":
		return Step{"8.4.1, R98", MissingPapers(t), paperActs(t)}
	case t.Level == 1:
		return Step{"8.4.2", "Derive el formato a un profesional de soporte, con el proveído del SGD.", []desk.ActKind{desk.ActDerive}}
	case waiting:
		return Step{"8.4.3", "Reciba el formato y tome el caso.", []desk.ActKind{desk.ActTake, desk.ActAssign}}
	case t.Access == desk.AccessNone:
		return Step{"8.4.3", "Revise el formato y cree los accesos.", []desk.ActKind{desk.ActCreateAccess, desk.ActAsk}}
	case t.Access == desk.AccessOwed:
		return Step{"8.4.3", "Remita las credenciales temporales e indique que cambie la contraseña.", []desk.ActKind{desk.ActDeliverCredential}}
	case t.Proveido != desk.ProveidoFiled:
		return Step{"8.4.3", "Archive el proveído en el SGD.", []desk.ActKind{desk.ActArchiveProveido, desk.ActDeliverCredential}}
	default:
		return Step{"8.4.3", "Registre la atención en el Anexo 01 y cierre el caso.", []desk.ActKind{desk.ActClose, desk.ActDeliverCredential}}
	}
}

package flow

import (
	"slices"

	"mesa/shared/desk"
)

// intakeRows: how a ticket comes to be, and what L1 does with a contact.
func intakeRows() []Row {
	return []Row{
		opening(desk.Flow81, "8.1.4, R65", "Por aprobar"),
		detecting(),
		opening(desk.Flow85, "8.5.1, R104", "Nivel 1, sin asignar"),
		opening(desk.Flow86, "8.6.1, R110", "Nivel 1, sin asignar"),
		{Act: desk.ActContact, Contact: contactOnly, Clause: "8.1.1, R61–R62", Label: "Registrar contacto", Who: []Role{Intake, FirstLevel}, Free: true,
			Fields: contactFields(), To: "Por clasificar, Nivel 1", do: contact},
		{Act: desk.ActClassify, Contact: contactOnly, Clause: "7.4, 8.1.2, R36", Label: "Clasificar", Who: []Role{FirstLevel},
			From:   []Guard{inState("por clasificar", desk.ToClassify, desk.Unassigned, desk.Assigned, desk.InProgress), verified()},
			Fields: classifyFields(), void: onlyUsedAnnex, check: annexConfirmed, To: "Nivel 1, con flujo y prioridad", do: classify},
		needingTicket(contactFlows(), "8.1.3, R64"),
		{Act: desk.ActLink, Contact: contactOnly, Clause: "8.1.3, R64", Label: "Enlazar con el ticket PAU", Who: []Role{Requester}, Free: true,
			Fields: []Field{{Name: "other", Label: "Ticket", Kind: Hidden, Max: 26, Missing: "Falta el ticket."}}, To: "Enlazado", do: link},
		{Act: desk.ActConfirmSender, Contact: contactOnly, Clause: "R29, R104", Label: "Confirmar a quien escribe", Who: []Role{FirstLevel},
			From: []Guard{{Text: "sin verificar", Refusal: "Quien escribe ya está verificada/o.", holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return t.Unverified || t.Requester == "" }}, live()},
			Fields: []Field{{Name: "how", Label: "Cómo lo comprobó", Kind: Line, Max: maxLine, Missing: "Escriba cómo comprobó quién escribe."},
				{Name: "person", Label: "Quién escribe", Hint: "Solo si el correo no es de una persona del directorio.", Kind: Person, Max: 60, Optional: true}}, To: "Verificado; se envía el acuse", do: confirmSender},
		{Act: desk.ActProvideData, Contact: both, Clause: "R104, R110", Label: "Completar datos", Who: []Role{Requester, FirstLevel, Assignee, Staff}, Free: true, Mail: true,
			From:   []Guard{live(), {Text: "con datos por completar", Refusal: "No falta ningún dato que se escriba.", holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return len(typedMissing(t)) > 0 }}},
			Fields: append(dataFields(), mailedFields()...), To: "Datos completos", do: provideData},
	}
}

// opening is the intranet form of a flow.
func opening(f desk.FlowCode, clause, to string) Row {
	return Row{Act: desk.ActOpen, Flows: []desk.FlowCode{f}, Clause: clause, Label: "Enviar solicitud", Who: []Role{Anyone, Client},
		Fields: OpenFields(f), To: to, Free: true, do: open}
}

func contactFields() []Field {
	return []Field{
		{Name: "subject", Label: "Asunto", Kind: Line, Max: maxSubject, Optional: true},
		{Name: "description", Label: "Qué pide o qué pasa", Kind: Long, Max: 100_000, Optional: true},
		phoneField(),
		{Name: "caller", Label: "Quién llama", Kind: Person, Max: 60, Optional: true},
		{Name: "from_name", Label: "Nombre", Kind: Line, Max: maxSubject, Optional: true},
		{Name: "from_address", Label: "Correo", Kind: Line, Max: 320, Optional: true},
		{Name: "mail_id", Label: "Correo recibido", Kind: Hidden, Max: 1000, Optional: true},
		proposalField(),
	}
}

func hardwareFields() []Field {
	return []Field{optional(assetField()), noAssetField(), optional(goodsField()), optional(officeField()),
		{Name: "equipment", Label: "Tipo de equipo", Kind: Line, Max: maxLine, Optional: true}}
}

// classifyFields: what L1 gives, and what it knows of what the flow will want.
func classifyFields() []Field {
	fields := append([]Field{serviceField(), flowField(), priorityField()}, classifyAnnexFields()...)
	return append(append(append(fields, optional(documentField())), hardwareFields()...), phoneField())
}

func dataFields() []Field {
	return append([]Field{optional(subjectField()), optional(descriptionField()), optional(documentField())}, append(hardwareFields(), phoneField())...)
}

// paperFields name the two files of 8.4.1 in a sentence; they are attached, not typed.
func paperFields() []Field {
	var fields []Field
	for _, p := range accessPapers() {
		fields = append(fields, Field{Name: string(p), Label: PurposeLabel(p)})
	}
	return fields
}

func dataMissing() Guard {
	return Guard{Text: "con datos por completar", Refusal: "Ya no falta ningún dato.", holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return len(t.Missing) > 0 }}
}

func optional(f Field) Field { f.Optional = true; return f }

func verified() Guard {
	return Guard{Text: "verificado", Refusal: "Primero confirme a quien escribe: el correo llegó sin verificar.", Clause: "R9",
		holds: func(t desk.Ticket, _ Facts, _ desk.Act) bool { return !t.Unverified && t.Requester != "" }}
}

// contactFlows: a contact that is not classified yet, and one of 8.1.
func contactFlows() []desk.FlowCode { return []desk.FlowCode{"", desk.Flow81} }

// needingTicket: «saque ticket» is for 8.1 and 8.2; other flows go on as they are.
func needingTicket(flows []desk.FlowCode, clause string) Row {
	return Row{Act: desk.ActNeedTicket, Flows: flows, Contact: contactOnly, Clause: clause, Label: "Indicar que saque ticket PAU", Who: []Role{FirstLevel},
		From:   []Guard{inState("con Nivel 1", desk.ToClassify, desk.Unassigned, desk.Assigned, desk.InProgress), verified()},
		Fields: []Field{{Name: "service", Label: "Servicio", Kind: Choice, Max: 60, Optional: true}}, To: "Derivado a ticket PAU", do: needTicket}
}

// open: the form was posted (8.1.4, 8.5.1, 8.6.1).
func open(s *step) {
	choice, ok := s.f.Service.choice(openFlow(s.f, s.a))
	if !ok {
		s.invalid("service", "Elija un servicio que siga este procedimiento.")
		return
	}
	if s.f.Party.Person == "" {
		s.invalid("requester", "Indique una persona del directorio.")
		return
	}
	mailed, ok := s.mailed(choice.Flow)
	if !ok {
		return
	}
	s.allText()
	for _, n := range []string{"service", "flow", "from", "impact", "detected", "parent", "by_mail", "asked_at", "authorised_by", "authorised_at"} {
		delete(s.texts, n)
	}
	p := s.f.Party
	s.emit(desk.TicketOpened{Number: s.f.Number, Flow: choice.Flow, Rules: Version, Service: s.f.Service.ID, Kind: choice.Kind,
		Suggested: suggestedPriority(s.a.Field("impact") + s.a.Field("detected")), Requester: p.Person, Unit: p.Unit, Sede: p.Sede, Territorial: p.Territorial,
		Channel: s.a.Channel, From: desk.TicketID(s.a.Field("from")), AskedAt: mailed.askedAt})
	s.mail(desk.MailReceived, s.toRequester())
	if s.a.Field("parent") != "" { // «yo también»: the work is done on the other case
		join(s)
		return
	}
	s.askMissing()
	if mailed.given {
		s.openMailed(mailed)
		return
	}
	if stages := Stages(choice.Flow, p.Territorial); len(stages) > 0 {
		s.openStages(stages)
		return
	}
	s.enter(1, desk.BecauseOpened, "")
}

// askMissing opens the wait for data that the flow wants and nobody gave.
func (s *step) askMissing() {
	wanted := slices.DeleteFunc(MissingFields(s.t.Flow, s.a.Fields), func(n string) bool {
		return slices.Contains(s.f.Given, n) || s.t.Files.Has(desk.Purpose(n))
	})
	missing := append(slices.Clone(s.t.Missing), wanted...)
	if s.a.Kind == desk.ActOpen && s.t.Flow == desk.Flow84 {
		s.emit(desk.DataRequested{Fields: missing}) // the form's next page asks for the files; a mail goes if they do not come
		return
	}
	s.requestData(missing)
}

// requestData asks for fields, if any, together with those asked for before.
func (s *step) requestData(missing []string) {
	if len(missing) == 0 {
		return
	}
	s.emit(desk.DataRequested{Fields: missing})
	s.askForData()
}

// fieldLabels names fields for a sentence.
func fieldLabels(names []string) string {
	s := ""
	for i, n := range names {
		for _, f := range append(append(dataFields(), paperFields()...), Field{Name: Annex02, Label: "Anexo 02"}) {
			if f.Name == n {
				if i > 0 && s != "" {
					s += ", "
				}
				s += f.Label
				break
			}
		}
	}
	return s
}

// contact: a mail or a call reaches L1 (8.1.1, R62).
func contact(s *step) {
	p := s.f.Party
	s.text("subject", "description", "phone", "from_name", "from_address", "mail_id", ProposalText)
	if s.a.Channel == desk.ChannelPhone && s.a.Field("subject") == "" && s.a.Field("description") == "" {
		s.invalid("description", "Escriba qué pide o qué le pasa a quien llama.")
		return
	}
	if s.a.Channel != desk.ChannelMail && p.Person == "" {
		s.invalid("caller", "Elija en el directorio a quien llama.")
		return
	}
	if s.a.Channel == desk.ChannelPhone && s.f.Rights.SGD != "" && !s.f.Rights.Desk { // they were called about the SGD: 8.2.1
		p.Team = s.f.Rights.SGD
	}
	unverified := s.a.Channel == desk.ChannelMail && s.a.Actor.Via == ViaUnverified
	s.emit(desk.ContactOpened{Number: s.f.Number, Requester: p.Person, Unit: p.Unit, Sede: p.Sede, Territorial: p.Territorial, Team: p.Team,
		Suggested: 3, Channel: s.a.Channel, Unverified: unverified, Copied: s.copied()})
	if p.Person != "" && !unverified && !s.a.Quiet {
		s.mail(desk.MailReceived, s.toRequester())
		s.requestData(s.unsaid())
	}
}

// unsaid are the two things a mail must say and this one does not: it is asked
// back, and never lost (R104).
func (s *step) unsaid() []string {
	if s.t.Channel != desk.ChannelMail {
		return nil
	}
	return slices.DeleteFunc(without([]string{"subject", "description"}, s.a.Fields), func(n string) bool { return slices.Contains(s.f.Given, n) })
}

// ViaUnverified marks a contact whose sender no mail authentication proves: it
// has no power and gets no answer until L1 confirms the sender.
const ViaUnverified = "unverified"

// classify: the desk applies 7.4 and 7.6; the contact of 8.4–8.8 becomes the ticket.
func classify(s *step) {
	choice, ok := s.chosenFlow("")
	if !ok {
		return
	}
	s.confirmAnnex(choice.Flow)
	s.text("asset", "goods", "office", "equipment", "no_asset", "phone", documentName)
	stays := choice.Flow == desk.Flow81 || choice.Flow == desk.Flow82
	s.emit(desk.TicketClassified{Flow: choice.Flow, Rules: Version, Service: s.f.Service.ID, Kind: choice.Kind,
		Priority: parsePriority(s.a.Field("priority")), Contact: stays})
	s.askMissing()
	if len(annexGiven(s.a.Fields)) > 0 {
		s.requestMeetings()
	}
	s.handToItsTeam()
}

// handToItsTeam: what a contact is about may belong to another Level 1 team than
// that of the place: the SGD's to its administration (8.2.1), an access to headquarters (8.4.2).
func (s *step) handToItsTeam() {
	team := s.f.Teams[1]
	if team == "" || team == s.t.Team {
		return
	}
	s.enter(1, desk.BecauseClassified, "")
	s.mail(desk.MailLevelChanged, toTeam(team), "level", "1", "reason", "Es un caso de "+FlowTitle(s.t.Flow)+" ("+string(s.t.Flow)+").")
}

// needTicket: 8.1.3. The mail carries a link that opens the form filled in.
func needTicket(s *step) {
	service := string(s.f.Service.ID)
	s.emit(desk.RequesterTold{Medium: desk.ByMail}, desk.TicketRedirected{})
	s.mail(desk.MailNeedTicket, s.toRequester(), "service", service, "service_name", s.f.Service.Name, "flow", string(s.t.Flow))
}

func link(s *step) {
	other := desk.TicketID(s.a.Field("other"))
	if s.t.Linked == other {
		return
	}
	s.emit(desk.TicketLinked{Other: other})
}

// confirmSender: whom a mail shows is not changed here; who shows nobody is
// given a person of the directory (Facts.Party is that person then).
func confirmSender(s *step) {
	p := s.f.Party
	switch {
	case s.t.Requester != "" && s.a.Field("person") != "" && desk.PersonID(s.a.Field("person")) != s.t.Requester:
		s.invalid("person", "El correo muestra a otra persona: si no es ella, indique que saque un ticket a su nombre.")
		return
	case s.t.Requester == "" && p.Person == "":
		s.invalid("person", "Elija en el directorio a quien escribe.")
		return
	}
	s.text("how")
	confirmed := desk.SenderConfirmed{}
	if s.t.Requester == "" {
		confirmed = desk.SenderConfirmed{Requester: p.Person, Unit: p.Unit, Sede: p.Sede, Territorial: p.Territorial}
	}
	s.emit(confirmed)
	s.mail(desk.MailReceived, s.toRequester())
	s.requestData(s.unsaid())
}

func provideData(s *step) {
	var given []string
	for _, n := range s.t.Missing {
		if s.a.Field(n) != "" || n == "asset" && s.a.Field("no_asset") != "" {
			given = append(given, n)
		}
	}
	if len(given) == 0 {
		s.invalid(s.t.Missing[0], "Complete al menos uno de los datos que faltan: "+fieldLabels(s.t.Missing)+".")
		return
	}
	slices.Sort(given)
	s.allText()
	s.saidByMail(given)
	s.emit(desk.DataProvided{Fields: given})
}

package notify

import "mesa/shared/desk"

// byReplyNotice is a decision about a service that may be decided by reply.
func byReplyNotice(n desk.Notice) desk.Notice {
	n.Data["by_reply"] = "yes"
	return n
}

// whyNot is an answer that decided nothing, and why.
func whyNot(n desk.Notice, why string) desk.Notice {
	n.Data["why"] = why
	return n
}

// missingNotice asks who asked for what is missing.
func missingNotice(m desk.Message, data ...string) desk.Notice {
	return desk.Notice{Message: m, Audience: toRequester(), Wait: "data#1", Round: 1, Data: pairs(data...)}
}

// replySamples are the mails around what an answer may do: decide, or bring data.
func replySamples() []sample {
	answered := func() desk.Notice {
		return decideNotice(desk.MailNotUnderstood, toPerson("head", ""), desk.StageUT, "1", "2", 2)
	}
	over := incident()
	over.Stage, over.More, over.Asked = desk.StageUO, nil, []desk.Asked{{Person: "deputy", Round: 1}}
	lacking, empty := hardware(desk.GearNone), contactCase()
	lacking.State, lacking.Level, lacking.Assignee = desk.Unassigned, 1, ""
	lacking.DataAt, lacking.Missing = desk.Mark{Seq: 1, At: openedAt(), Round: 1}, []string{"asset", "office"}
	empty.Subject, empty.DataAt, empty.Missing = "", desk.Mark{Seq: 1, At: openedAt(), Round: 1}, []string{"subject", "description"}
	nothing := about(empty, "")
	nothing.Texts = desk.Texts{}
	rooms := contactCase()
	rooms.Flow, rooms.Service, rooms.Contact, rooms.Missing = desk.Flow88, "meetings", false, []string{"annex-02", "phone"}
	rooms.DataAt = desk.Mark{Seq: 2, At: openedAt(), Round: 1}
	return []sample{
		{"received-missing", missingNotice(desk.MailReceived, "fields", "Código patrimonial, Oficina de ubicación"), about(lacking, "user")},
		{"received-missing-contact", missingNotice(desk.MailReceived, "fields", "Asunto, Descripción"), nothing},
		{"missing-data-annex", missingNotice(desk.MailMissingData, "fields", "Anexo 02, Teléfono o anexo", "blanks", "Teléfono o anexo"), about(rooms, "support")},
		{"answered-data", desk.Notice{Message: desk.MailAnswered, Audience: toTeam("mesa"), Data: pairs("message", "Código patrimonial: 740899500123\nOficina de ubicación: 310", "read", "Código patrimonial: 740899500123\nOficina de ubicación: 310")}, about(hardware(desk.GearNone), "user")},
		{"decide-by-reply", byReplyNotice(decideNotice(desk.MailDecide, toPerson("head", ""), desk.StageUT, "1", "2", 1)), about(incident(), "user")},
		{"decide-again-by-reply", byReplyNotice(decideNotice(desk.MailDecideAgain, toPerson("head", ""), desk.StageUT, "1", "2", 2)), about(incident(), desk.Clock)},
		{"reply-is-not-vote", whyNot(answered(), "este servicio no se decide respondiendo el correo"), about(incident(), "")},
		{"reply-is-not-vote-by-reply", byReplyNotice(whyNot(answered(), "falta el motivo del rechazo")), about(incident(), "")},
		{"reply-is-not-vote-sign-in", signInNotice(whyNot(answered(), "este servicio no se decide respondiendo el correo")), about(incident(), "")},
		{"reply-is-not-vote-other", desk.Notice{Message: desk.MailNotUnderstood, Audience: toPerson("head", ""), Data: pairs("why", "ahora no se le pide decidir en este caso")}, about(over, "")},
	}
}

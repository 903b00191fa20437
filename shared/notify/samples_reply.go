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

// replySamples are the mails around decisions by reply.
func replySamples() []sample {
	answered := func() desk.Notice {
		return decideNotice(desk.MailNotUnderstood, toPerson("head", ""), desk.StageUT, "1", "2", 2)
	}
	over := incident()
	over.Stage, over.More, over.Asked = desk.StageUO, nil, []desk.Asked{{Person: "deputy", Round: 1}}
	return []sample{
		{"decide-by-reply", byReplyNotice(decideNotice(desk.MailDecide, toPerson("head", ""), desk.StageUT, "1", "2", 1)), about(incident(), "user")},
		{"decide-again-by-reply", byReplyNotice(decideNotice(desk.MailDecideAgain, toPerson("head", ""), desk.StageUT, "1", "2", 2)), about(incident(), desk.Clock)},
		{"reply-is-not-vote", whyNot(answered(), "este servicio no se decide respondiendo el correo"), about(incident(), "")},
		{"reply-is-not-vote-by-reply", byReplyNotice(whyNot(answered(), "falta el motivo del rechazo")), about(incident(), "")},
		{"reply-is-not-vote-sign-in", signInNotice(whyNot(answered(), "este servicio no se decide respondiendo el correo")), about(incident(), "")},
		{"reply-is-not-vote-other", desk.Notice{Message: desk.MailNotUnderstood, Audience: toPerson("head", ""), Data: pairs("why", "ahora no se le pide decidir en este caso")}, about(over, "")},
	}
}

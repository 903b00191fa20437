package notify

import "mesa/shared/desk"

// accessCase is an 8.4 ticket of headquarters in the hands of support.
func accessCase() desk.Ticket {
	t := atLevel(2, "mesa", "support")
	t.Flow, t.Service, t.Unit, t.Sede, t.Territorial, t.Subject = desk.Flow84, "access-siga", "ADM", "SC", false, "Acceso al SIGA para logística"
	t.Priority, t.Proveido, t.Access = 3, desk.ProveidoSent, desk.AccessSettled
	return t
}

func accessSamples() []sample {
	opened, lacking := accessCase(), accessCase()
	opened.State, opened.Level, opened.Assignee, opened.Proveido, opened.Access = desk.Unassigned, 1, "", desk.ProveidoNone, desk.AccessNone
	opened.Missing, opened.DataAt = []string{"access-form", "commitment-annex"}, desk.Mark{Seq: 1, At: actedAt(), Round: 1}
	lacking.Missing, lacking.DataAt = opened.Missing, opened.DataAt
	return []sample{
		{"received-access", desk.Notice{Message: desk.MailReceived, Audience: toRequester()}, about(opened, "user")},
		{"missing-data-papers", desk.Notice{Message: desk.MailMissingData, Audience: toRequester(), Data: pairs("fields", "Formato de acceso, Anexo de compromiso", "papers", "yes")}, about(lacking, desk.Clock)},
		{"credentials", desk.Notice{Message: desk.MailCredentials, Audience: toRequester(), Wait: "credential#6", Round: 1,
			Data: pairs("system", "SIGA", "account", "u.ejemplo", "until", "20/09/2026 16:30")}, about(accessCase(), "support")},
	}
}

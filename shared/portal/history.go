package portal

import (
	"slices"
	"strconv"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/notify"
	"mesa/shared/web"
	"mesa/shared/work"
)

// history is everything that happened, newest first; ?show= narrows it.
func (v *visit) history(view work.View) []web.Entry {
	effects := map[int][]web.Effect{}
	if view.Staff {
		resent := resentMails(view.Records)
		resend := flow.Offered(view.Offers, desk.ActResend)
		for _, e := range view.Effects {
			effects[e.Seq] = append(effects[e.Seq], v.effect(view, e, resend && !resent[e.Ref()]))
		}
	}
	var entries []web.Entry
	for _, rec := range slices.Backward(view.Records) {
		entry := v.entry(view, rec)
		entry.Effects = effects[rec.Seq]
		if shown(v.query("show"), entry) {
			entries = append(entries, entry)
		}
	}
	return entries
}

// tabs are the parts of the history.
func (v *visit) tabs(view work.View) []web.Link {
	show, path := v.query("show"), ticketPath(view.Ticket.Number)
	tabs := []web.Link{{Label: "Todo", Href: path, Here: show == ""}, {Label: "Mensajes", Href: path + "?show=messages", Here: show == "messages"},
		{Label: "Decisiones", Href: path + "?show=decisions", Here: show == "decisions"}}
	if view.Staff {
		tabs = append(tabs, web.Link{Label: "Correos", Href: path + "?show=mails", Here: show == "mails"})
	}
	return tabs
}

func shown(show string, e web.Entry) bool {
	switch show {
	case "messages":
		return e.Kind == web.EntryMessage || e.Kind == web.EntryNote
	case "decisions":
		return e.Kind == web.EntryDecision
	case "mails":
		return slices.ContainsFunc(e.Effects, func(f web.Effect) bool { return !f.Machine })
	}
	return true
}

// entry is one act as people read it.
func (v *visit) entry(view work.View, rec desk.Record) web.Entry {
	e := web.Entry{Kind: kindOf(rec.Act), Anchor: entryAnchor(rec.Seq), At: rec.At, Title: v.title(rec), By: v.writer(view, rec), Channel: strings.ToLower(channelName(rec.Channel)), Text: written(view.Ticket, rec), Original: v.originalPath(view, rec), Files: attachments(view, rec)}
	if from := flow.DecidedFrom(rec.Actor.Assurance); isDecision(rec.Act) && from != "" {
		e.Channel = from
	}
	if rec.Act == desk.ActProvideData && rec.Channel == desk.ChannelMail { // a message, of which data were read
		e.Kind = web.EntryMessage
	}
	if !rec.HappenedAt.IsZero() && !rec.HappenedAt.Equal(rec.At) {
		e.Happened = rec.HappenedAt
	}
	return e
}

// entryAnchor is the place of an act in the history.
func entryAnchor(seq int) string { return "act-" + strconv.Itoa(seq) }

// writer is who did an act; of a mail that the desk received, who sent it.
func (v *visit) writer(view work.View, rec desk.Record) string {
	if rec.Channel != desk.ChannelMail || rec.Actor.Person != "" {
		return byName(v.directory, rec.Actor)
	}
	for _, e := range rec.Events {
		switch e := e.(type) {
		case desk.ContactOpened:
			if e.Requester != "" && !e.Unverified {
				return v.directory.Name(e.Requester)
			}
		case desk.CommentAdded:
			if e.Sender != "" {
				return v.directory.Name(e.Sender)
			}
		}
	}
	if from := rec.Texts["from_address"]; from != "" && view.Staff {
		return from + ", sin verificar"
	}
	return "Remitente sin verificar"
}

func kindOf(act desk.ActKind) web.EntryKind {
	switch act {
	case desk.ActComment, desk.ActAnswer, desk.ActReply, desk.ActAsk:
		return web.EntryMessage
	case desk.ActNote:
		return web.EntryNote
	case desk.ActApprove, desk.ActReject, desk.ActNotMine:
		return web.EntryDecision
	case desk.ActResend:
		return web.EntryMail
	default:
		return web.EntryEvent
	}
}

// written is what somebody wrote in an act: alone as it is, several with the
// labels of their questions. The description of an opening stands in the data.
func written(t desk.Ticket, rec desk.Record) string {
	if rec.Act == desk.ActOpen || rec.Act == desk.ActContact {
		return ""
	}
	row, _ := flow.RowFor(t, rec.Act)
	fields := row.Fields
	if len(fields) == 0 {
		fields = anyFields(rec.Act)
	}
	var lines []string
	for _, f := range fields {
		if f.Kind == flow.Table {
			for _, answer := range tableAnswers(f, desk.Fields(rec.Texts)) {
				lines = append(lines, answer.Label+": "+answer.Value)
			}
			continue
		}
		if text := rec.Texts[f.Name]; text != "" && (f.Kind != flow.Hidden || f.Name == "message") { // what a mail said besides what it did
			lines = append(lines, f.Label+": "+inWords(f, text))
		}
	}
	if len(lines) == 1 {
		_, only, _ := strings.Cut(lines[0], ": ")
		return only
	}
	return strings.Join(lines, "\n")
}

// anyFields are the questions of an act whose row no longer fits the ticket, as
// the classification of a contact that became one.
func anyFields(act desk.ActKind) []flow.Field {
	for _, row := range flow.Rows() {
		if row.Act == act {
			return row.Fields
		}
	}
	return nil
}

func (v *visit) effectTitle(e desk.Effect) string {
	switch e.Op {
	case desk.OpMail:
		to := e.Mail.Name
		if e.Mail.Person != "" {
			to = v.directory.Name(e.Mail.Person)
		}
		if to == "" {
			to = e.Mail.To
		}
		return "Correo «" + notify.Name(e.Mail.Message) + "» a " + to
	case desk.OpFanOut:
		return "Correo «" + notify.Name(e.FanOut.Mail.Message) + "» a las/los usuarias/os del sistema"
	case desk.OpStart:
		return "Inicia la espera: " + machineName(e.Call.Machine)
	default:
		return "Avisa a la espera: " + machineName(e.Call.Machine)
	}
}

// machineName is what people call a machine's waiting.
func machineName(m desk.Machine) string {
	return map[desk.Machine]string{desk.MachineApproval: "aprobación", desk.MachineEscalation: "atención por niveles", desk.MachineHardware: "diagnóstico y traslado del equipo"}[m]
}

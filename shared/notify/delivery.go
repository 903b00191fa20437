package notify

import (
	"strings"
	"time"

	"mesa/shared/desk"
)

// The causes of a mail that did not arrive, as a Trouble names them.
const (
	CauseNoAddress  = "no-address" // the directory has none, or the account is disabled
	CauseRefused    = "refused"    // the mail service would not take it
	CauseBounced    = "bounced"    // the other side gave it back
	CauseClosed     = "closed"     // the address takes no mail: it was not even sent
	CauseComplained = "complained" // it arrived, and its reader called it spam
)

// Trouble is why a mail did not arrive.
type Trouble struct {
	Cause   string
	Why     string    // what the other side's answer means: WhyNot
	Address string    // that takes no mail from now on; empty: it still does
	Since   time.Time // since when it takes none
}

// NotDelivered is «No entregado: llame» about a mail that did not arrive: the
// same data, so that whoever calls knows what to say. It has no recipient yet.
func NotDelivered(failed desk.Mail, meant string, t Trouble) desk.Mail {
	data := make(map[string]string, len(failed.Data)+6)
	for k, v := range failed.Data {
		data[k] = v
	}
	delete(data, keyVariant)
	data[keyClause] = "7.3"
	data[keyFailed], data[keyMeant], data[keyCause] = string(failed.Message), shorten(oneLine(meant), maxName), t.Cause
	if t.Why != "" {
		data[keyReturned] = t.Why
	}
	if t.Address != "" {
		data[keyAddress], data[keyClosed] = shorten(oneLine(t.Address), 2*maxName), stamp(t.Since)
	}
	return desk.Mail{Message: desk.MailNotDelivered, Data: data}
}

// Callers are «No entregado: llame» about a mail of a case, addressed to each who
// may be asked to call, the first in line first: the assignee, then the teams as
// route takes them. Whoever cannot be written to is left out.
func Callers(failed desk.Mail, t Trouble, about About) []desk.Mail {
	m := NotDelivered(failed, failed.Name, t)
	notice := desk.Notice{Message: m.Message, Audience: desk.Audience{Kind: desk.ToPerson, Person: failed.Person}}
	g := gathering{n: notice, about: about, data: m.Data}
	g.common()
	g.data[keyClause] = "7.3"
	g.optional(needs(m.Message))
	if failed.Person != "" {
		meant := person(failed.Person, about.People, about.At)
		g.put(keyMeant, oneLine(meant.name), maxName)
		g.put(keyDial, meant.phone, maxName)
	}
	var all []desk.Mail
	for _, next := range substitutes(notice.Audience, about) {
		if next.address != "" {
			all = append(all, address(m, next))
		}
	}
	return all
}

// WhyNot says what the other side's answer means, with its code.
func WhyNot(d desk.Delivery) string {
	why := map[desk.DeliveryCause]string{
		desk.CauseNoAddress:    "la dirección no existe o ya no recibe correos",
		desk.CauseSuppressed:   "el servicio de correo tiene la dirección en su lista de las que rechazan correos",
		desk.CauseUnsubscribed: "su titular pidió no recibir más correos",
		desk.CauseMailboxFull:  "su buzón está lleno",
		desk.CauseTooLarge:     "el correo es demasiado grande para su buzón",
		desk.CauseContent:      "el contenido o un archivo del correo fue rechazado",
		desk.CauseServer:       "su servidor de correo no responde o lo rechaza",
		desk.CauseSpam:         "lo marcó como correo no deseado",
		desk.CauseRendering:    "el servicio de correo no pudo armarlo",
	}[d.Cause]
	if why == "" {
		why = "el servidor de destino no dijo por qué"
	}
	if d.Status != "" {
		why += " (" + d.Status + ")"
	}
	return why
}

// Unwritable tells a person nobody can write to from a mail that was refused.
func (v view) Unwritable() bool { return v.own(keyCause) == CauseNoAddress }

// Complained tells a reader who wants no mail from a mail that did not arrive.
func (v view) Complained() bool { return v.own(keyCause) == CauseComplained }

// Returned is what the other side's answer means.
func (v view) Returned() string { return v.own(keyReturned) }

// ClosedAddress says that an address takes no mail, and what to do about it.
func (v view) ClosedAddress() string {
	address := strings.TrimSpace(v.own(keyAddress)) // of the directory: not made harmless, so that it can be copied
	since, ok := readStamp(v.own(keyClosed))
	switch {
	case address == "" || !ok:
		return ""
	case v.Complained():
		return "Desde el " + since.In(desk.Lima).Format("02/01/2006") + " la mesa no escribe a la dirección " + address + "."
	default:
		return RefusesSince(address, since)
	}
}

// RefusesSince is the one sentence, in mails and on pages, about an address that
// takes no mail.
func RefusesSince(address string, since time.Time) string {
	return "La dirección " + address + " rechaza correos desde el " + since.In(desk.Lima).Format("02/01/2006") +
		": llame a la persona o corrija su dirección en el directorio."
}

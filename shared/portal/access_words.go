package portal

import (
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/web"
	"mesa/shared/work"
)

// accessWords are the facts of 8.4; "" for any other.
func accessWords(e desk.Event, rec desk.Record) string {
	switch e := e.(type) {
	case desk.ProveidoDerived:
		return "Derivado por proveído " + rec.Texts["proveido"] + " del " + web.ShownDate(e.On)
	case desk.AccessCreated:
		if e.Credentials {
			return "Accesos creados; falta entregar las credenciales"
		}
		return "Accesos creados, sin credenciales por entregar"
	case desk.CredentialDelivered:
		return deliveryWords(e, rec)
	case desk.CredentialShown:
		return "Se mostró la contraseña temporal, una sola vez"
	case desk.ProveidoArchived:
		return "Proveído archivado en el SGD"
	default:
		return ""
	}
}

// deliveryWords say of which account, never what password.
func deliveryWords(e desk.CredentialDelivered, rec desk.Record) string {
	way := "por enlace de una sola vez"
	if e.Medium == desk.ByPhone {
		way = "por llamada"
	}
	words := "Credenciales entregadas " + way + ": " + rec.Texts["system"] + ", cuenta " + rec.Texts["account"]
	if len(e.Replaced) > 0 {
		words += ". El enlace anterior dejó de servir"
	}
	return words
}

// accessData are what only 8.4 has: its paper in the SGD, and the passwords that
// nobody has looked at yet.
func (v *visit) accessData(view work.View) []web.Datum {
	t := view.Ticket
	var list []web.Datum
	if number := detail(view, "sgd_document"); number != "" {
		list = append(list, web.Datum{Label: "Documento SGD", Value: number})
	}
	for _, rec := range view.Records {
		for _, e := range rec.Events {
			if derived, ok := e.(desk.ProveidoDerived); ok {
				list = append(list, web.Datum{Label: "Proveído", Value: rec.Texts["proveido"] + " del " + web.ShownDate(derived.On), Note: proveidoNote(t.Proveido)})
			}
		}
	}
	for _, m := range t.Unseen {
		list = append(list, web.Datum{Label: "Contraseña sin ver", Value: v.unseen(view, m), Note: "Entregada el " + web.Stamp(m.At)})
	}
	return list
}

func proveidoNote(p desk.Proveido) string {
	if p == desk.ProveidoFiled {
		return "Archivado en el SGD"
	}
	return "Sin archivar"
}

// unseen is which account a delivery is for, and until when it may be seen.
func (v *visit) unseen(view work.View, m desk.Mark) string {
	until := m.At.Add(view.Facts.Policy.CredentialLife)
	account := ""
	for _, rec := range view.Records {
		if rec.Seq == m.Seq {
			account = strings.TrimSpace(rec.Texts["system"] + ", " + rec.Texts["account"])
		}
	}
	if !v.now.Before(until) {
		return account + ": venció sin verse el " + web.Stamp(until)
	}
	return account + ": puede verse hasta el " + web.Stamp(until)
}

// papersLacking is the banner of an 8.4 that cannot proceed yet (R98).
func papersLacking(t desk.Ticket) string {
	if t.Flow != desk.Flow84 || t.State.Ended() {
		return ""
	}
	return flow.MissingPapers(t)
}

package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/mail"
)

// provide records what a proved reply of who asked says of the data that are
// missing: the act of the link's page, with the whole mail as a message beside it
// (R104, R110, R119). done is false when the mail brings none, or the rules take
// none of it as it stands: then it is a comment, and nothing is half recorded.
func (in *Intake) provide(ctx context.Context, m received) (done bool, err error) {
	if m.judged.Person == "" || m.judged.Stranger {
		return false, nil
	}
	s, err := in.Store.Load(ctx, m.judged.Ticket)
	if err != nil {
		return false, fmt.Errorf("read data of a mail: %w", err)
	}
	given := readData(m, s.Ticket)
	if len(given) == 0 {
		return false, nil
	}
	act := in.act(m, desk.ActProvideData)
	act.Ticket, act.Copied, act.Actor, act.Fields = s.Ticket.ID, m.copied(), m.proved(), given
	given["message"], given["mail_id"] = commentText(m.msg, false), oneLine(m.msg.MessageID, 1000)
	seen, err := picturesBefore(ctx, in.Store, act)
	if err != nil {
		return false, err
	}
	if act.Files, err = keep(ctx, in.Files, m.MessageID, m.msg, seen); err != nil {
		return false, err
	}
	_, err = in.Road.Perform(ctx, act)
	if _, refused := errors.AsType[*desk.Problem](err); refused && desk.CodeOf(err) != desk.Busy && desk.CodeOf(err) != desk.Repeated {
		return false, nil // completed meanwhile, by the link or by somebody of the desk
	}
	return true, err
}

// readData is what the mail says of the missing data, each value as the page's
// own rule takes it.
func readData(m received, t desk.Ticket) desk.Fields {
	annexed := slices.Contains(t.Missing, flow.Annex02) && len(m.msg.Attachments) > 0 // read as a whole, and proposed
	if t.Requester != m.judged.Person || annexed {
		return nil
	}
	questions := flow.Wanted(t)
	var asks []mail.Ask
	for _, f := range questions {
		asks = append(asks, askOf(f))
	}
	given := desk.Fields{}
	row, _ := flow.RowFor(t, desk.ActProvideData)
	for name, value := range mail.ReadAnswers(m.msg.OwnText, m.msg.FullText, m.msg.From.Name, asks) {
		clean, problems := flow.Validate(row.Fields, desk.Fields{name: value})
		if len(problems) == 0 && clean[name] != "" {
			given[name] = clean[name]
		}
	}
	return given
}

// askOf says how people write the answer to a question of a form.
func askOf(f flow.Field) mail.Ask {
	a := mail.Ask{Name: f.Name, Labels: append([]string{f.Label}, spoken()[f.Name]...), Most: f.Max}
	switch f.Name {
	case "phone":
		a.Shape = mail.Phone
	case "asset":
		a.Shape, a.Absent = mail.Code, "no_asset"
	case "subject":
		a.Shape = mail.Gist
	case "description":
		a.Shape = mail.Whole
	}
	if len(f.Options) > 0 {
		a.Shape, a.Options, a.Most = mail.OneOf, map[string]string{}, 60
		for _, o := range f.Options {
			a.Options[o.Label] = o.Value
		}
		for called, value := range kinds() {
			a.Options[called] = value
		}
	}
	return a
}

// spoken is what people call the questions besides their labels.
func spoken() map[string][]string {
	return map[string][]string{
		"phone":        {"teléfono", "telefono de contacto", "telf", "telef", "tel", "fono", "celular", "cel", "móvil", "anexo", "número de teléfono", "número de contacto", "contacto", "teléfono / anexo"},
		"asset":        {"código", "cód patrimonial", "cod patrimonial", "código de patrimonio", "código del bien", "código del equipo", "patrimonio", "patrimonial", "CP"},
		"office":       {"oficina", "ubicación", "lugar", "ambiente", "oficina donde está", "oficina donde está el equipo"},
		"goods":        {"bien", "tipo", "tipo de equipo o bien"},
		"equipment":    {"equipo", "tipo del equipo"},
		"sgd_document": {"documento SGD", "documento", "expediente", "n.º de documento", "número de documento", "número de documento SGD", "documento del SGD"},
		"subject":      {"tema", "título"},
		"description":  {"detalle", "qué pasa", "problema", "qué pide o qué pasa"},
	}
}

// kinds is what people call the kinds of equipment of 8.6.1 besides their names.
func kinds() map[string]string {
	return map[string]string{"PC": "cpu", "computadora": "cpu", "computadora de escritorio": "cpu", "laptop": "laptop", "portátil": "laptop", "notebook": "laptop", "pantalla": "monitor",
		"impresora": "printer", "multifuncional": "printer", "fotocopiadora": "printer"}
}

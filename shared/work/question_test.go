package work_test

import (
	"testing"

	"mesa/shared/desk"
	"mesa/shared/desktest"
)

// R72: who is reminded of a question reads which, also the second one of a case
// and at a second reminder; it is kept once, with the act that asked it.
func TestAReminderRepeatsTheQuestionThatIsOpen(t *testing.T) {
	b := desktest.NewBench(t)
	id := b.Open85()
	b.Do("especialista-mesa", desk.ActAssign, id, "person", "soporte-1")
	b.Do("soporte-1", desk.ActAsk, id, "question", "¿Qué versión usa?")
	b.Do("usuaria-administracion-1", desk.ActComment, id, "message", "La última.")
	b.Do("soporte-1", desk.ActAsk, id, "question", "¿Pasa siempre?")
	for round := range 2 {
		wait := b.Load(id).Waits[0]
		b.SetTime(wait.WakeAt)
		result, err := b.Road.Perform(t.Context(), overdue(b, id, wait.ID))
		if err != nil {
			t.Fatal(err)
		}
		if texts, err := b.Store.Texts(t.Context(), id, result.After.Ticket.Version); err != nil || len(texts) != 0 {
			t.Errorf("reminder %d keeps the question again: %v, %v", round+1, texts, err)
		}
		asked := ""
		for _, e := range b.Effects(id) {
			if e.Seq == result.After.Ticket.Version && e.Mail != nil && e.Mail.Message == desk.MailQuestionAgain {
				asked += e.Mail.Data["ms"]
			}
		}
		if asked != "¿Pasa siempre?" {
			t.Errorf("reminder %d asks %q", round+1, asked)
		}
	}
}

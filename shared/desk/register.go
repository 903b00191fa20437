package desk

import (
	"fmt"
	"time"
)

// Lima is the desk's time zone: UTC−5, no daylight saving, by law. It is fixed
// so that no function needs a zone database.
var Lima = time.FixedZone("-05", -5*60*60)

// Period is a month of the register in Lima, "yyyymm": R135.
func Period(t time.Time) string { return t.In(Lima).Format("200601") }

// Row is one line of Anexo 01, the official register: R132. Its number is
// gap-free within a sede and month.
type Row struct {
	Sede        SedeID
	Period      string // yyyymm
	N           int
	Ticket      TicketID
	Number      Number
	At          time.Time // FECHA
	SedeName    string
	Requester   string // USUARIA/O AFECTADA/O O SOLICITANTE
	Area        string // ÁREA O OFICINA
	Description string // DESCRIPCIÓN DEL PROBLEMA O REQUERIMIENTO
	Solution    string // DESCRIPCIÓN DE LA SOLUCIÓN
	Typology    string // catalogue column TIPO: R60
	State       string // Atendido, Pendiente, En Progreso: R133
	Staff       string // PERSONAL DE SOPORTE ASIGNADO
	Reopened    bool
	ChangedAt   time.Time `json:",omitzero"` // when it was last written again, or its state moved
	Before      []Row     `json:"-"`         // all it said before, newest first
}

// NumberOf makes a ticket's number from its year in Lima and the counter.
func NumberOf(at time.Time, n int) Number {
	return Number(fmt.Sprintf("%d-%06d", at.In(Lima).Year(), n))
}

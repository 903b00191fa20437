package httpapi

import (
	"context"
	"net/http"
	"time"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/register"
	"mesa/shared/work"
)

// standingMonth is a sede's month with its two V°B°: R135.
type standingMonth struct {
	Sede     string     `json:"sede"`
	Period   string     `json:"period"`
	Rows     int        `json:"rows"`
	Seal     string     `json:"seal"` // of the rows as they stand: whoever signs sends it back
	SignOffs []signOff  `json:"signOffs"`
	Record   []monthAct `json:"record"`
}

// signOff is one of the two places.
type signOff struct {
	Place desk.Place `json:"place"`
	Role  string     `json:"role"`
	By    *ref       `json:"by,omitempty"`
	At    time.Time  `json:"at,omitzero"`
	Rows  int        `json:"rows,omitempty"`
	Mine  bool       `json:"mine,omitempty"` // the caller may give it now
}

// monthAct is one act on the month; Void for a V°B° that a reopening took back.
type monthAct struct {
	Act    string     `json:"act"` // sign-off or reopening
	Place  desk.Place `json:"place,omitempty"`
	By     ref        `json:"by"`
	At     time.Time  `json:"at"`
	Rows   int        `json:"rows,omitempty"`
	Void   bool       `json:"void,omitempty"`
	Reason string     `json:"reason,omitempty"`
}

// signOffs answers how a month stands.
func (s *server) signOffs(c *call) (answer, error) {
	r, d, err := s.monthOf(c)
	if err != nil {
		return answer{}, err
	}
	sheet, err := s.Registers.Read(c.Context(), r.Sede, r.Period)
	if err != nil {
		return answer{}, err
	}
	return answer{status: http.StatusOK, body: monthFor(d, sheet, c.caller.person)}, nil
}

// signOff gives a V°B°.
func (s *server) signOff(c *call) (answer, error) {
	return s.actOnMonth(c, s.Registers.Sign, func(in *input, r *register.Request) {
		r.Place, r.Seal = desk.Place(in.text("place")), in.text("seal")
		if r.Seal == "" && len(in.problems) == 0 {
			in.wrong("seal", "Envíe el «seal» de las filas que usted revisó.")
		}
	})
}

// reopenMonth voids the V°B° of a month, with a reason.
func (s *server) reopenMonth(c *call) (answer, error) {
	return s.actOnMonth(c, s.Registers.Reopen, func(in *input, r *register.Request) { r.Reason = in.text("reason") })
}

// doing is an act of package register.
type doing func(ctx context.Context, r register.Request) (register.Sheet, bool, error)

// actOnMonth reads the body and does what it asks for.
func (s *server) actOnMonth(c *call, do doing, read func(*input, *register.Request)) (answer, error) {
	key, err := keyOf(c.Request, false)
	if err != nil {
		return answer{}, err
	}
	in, err := readObject(c.Request)
	if err != nil {
		return answer{}, err
	}
	r, d, err := s.monthOf(c)
	if err != nil {
		return answer{}, err
	}
	r.Actor, r.Channel, r.Key = c.caller.actor(), desk.ChannelAPI, key
	read(in, &r)
	if err := in.done(); err != nil {
		return answer{}, err
	}
	sheet, again, err := do(c.Context(), r)
	if desk.CodeOf(err) == desk.Repeated {
		return answer{}, keyUsed()
	}
	if err != nil {
		return answer{}, err
	}
	return answer{http.StatusOK, replayed(work.Result{Repeated: again}), monthFor(d, sheet, c.caller.person)}, nil
}

// monthOf is the month of the path, if the caller may read its register.
func (s *server) monthOf(c *call) (register.Request, *directory.Directory, error) {
	r := register.Request{Sede: desk.SedeID(c.PathValue("sede")), Period: c.PathValue("period")}
	if _, err := time.Parse(register.PeriodLayout, r.Period); err != nil {
		return r, nil, desk.NewProblem(desk.NotFound, "", "No hay un mes con ese código: escriba año y mes, por ejemplo 202609.")
	}
	d, err := s.mayReadRegister(c, r.Sede)
	return r, d, err
}

// monthFor is a month as a caller sees it.
func monthFor(d *directory.Directory, s register.Sheet, caller desk.PersonID) standingMonth {
	m := standingMonth{Sede: string(s.Sede), Period: s.Period, Rows: s.Month.Rows, Seal: s.Seal, Record: []monthAct{}}
	for _, place := range desk.Places() {
		at := signOff{Place: place, Role: register.PlaceName(place), Mine: s.MaySign(place, caller) == nil}
		if a, ok := s.Month.SignOff(place); ok {
			by := actorRef(d, a.Actor)
			at.By, at.At, at.Rows = &by, a.At, a.Rows
		}
		m.SignOffs = append(m.SignOffs, at)
	}
	for _, a := range s.Month.Acts {
		line := monthAct{Act: "reopening", Place: a.Place, By: actorRef(d, a.Actor), At: a.At, Rows: a.Rows, Reason: a.Reason}
		if a.Place != "" {
			stands, ok := s.Month.SignOff(a.Place)
			line.Act, line.Void = "sign-off", !ok || stands.N != a.N
		}
		m.Record = append(m.Record, line)
	}
	return m
}

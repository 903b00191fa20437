package portal

import (
	"errors"
	"slices"
	"strconv"

	"mesa/shared/desk"
	"mesa/shared/register"
	"mesa/shared/session"
	"mesa/shared/web"
)

// Below the page of a month.
const (
	signOffsPath   = "/sign-offs"
	reopeningsPath = "/reopenings"
	placeField     = "place"
)

// signOffs are the two V°B° at the foot; whoever may give the one that is awaited
// finds its button there.
func (v *visit) signOffs(s register.Sheet) []web.SignOff {
	if s.Month.Rows == 0 {
		return nil
	}
	awaited, waits := s.Awaited()
	var list []web.SignOff
	for _, place := range desk.Places() {
		sign := web.SignOff{Role: register.PlaceName(place)}
		given, ok := s.Month.SignOff(place)
		switch {
		case ok:
			sign.By, sign.At, sign.Rows = byName(v.directory, given.Actor), given.At, given.Rows
		case waits && place == awaited && s.MaySign(place, v.me()) == nil:
			sign.Act = &web.Act{Label: web.Say("signoff.open"), Href: registerPath(s.Sede, s.Begins()) + signOffsPath, Main: true}
		case !waits:
			sign.Waits = web.Say("signoff.from", "day", web.Day(s.Ends()))
		case place != awaited:
			sign.Waits = web.Say("signoff.after")
		default:
			sign.Waits = web.Say("signoff.by", "names", s.Names(place))
		}
		list = append(list, sign)
	}
	return list
}

// monthRecord is all that was done to a month, for one that was reopened: what no
// longer stands is seen there.
func (v *visit) monthRecord(s register.Sheet) []web.MonthAct {
	if _, times := s.Month.Reopened(); times == 0 {
		return nil
	}
	var list []web.MonthAct
	for _, a := range s.Month.Acts {
		line := web.MonthAct{By: byName(v.directory, a.Actor), At: a.At, Reason: a.Reason}
		standing, ok := s.Month.SignOff(a.Place)
		switch {
		case a.Place == "":
			line.What = web.Say("register.reopened")
		case ok && standing.N == a.N:
			line.What = web.Say("register.signed", "role", register.PlaceName(a.Place), "n", strconv.Itoa(a.Rows))
		default:
			line.What = web.Say("register.void", "role", register.PlaceName(a.Place), "n", strconv.Itoa(a.Rows))
		}
		list = append(list, line)
	}
	return list
}

// awaitedMonths are links to the months that wait for the reader's V°B°; the one that
// is being read is left out.
func (v *visit) awaitedMonths() ([]web.Link, error) {
	if !v.staff() && !v.approver() {
		return nil, nil
	}
	sheets, err := v.Registers.Awaiting(v.r.Context(), v.directory, v.me())
	var links []web.Link
	for _, s := range sheets {
		if href := registerPath(s.Sede, s.Begins()); href != v.r.URL.Path {
			links = append(links, web.Link{Label: web.MonthYear(s.Begins()) + ", " + s.Name, Href: href})
		}
	}
	return links, err
}

// place is which V°B° the reader gives: their own, unless a form names another.
func (v *visit) place(s register.Sheet) desk.Place {
	if typed := v.typed.Get(placeField); typed != "" {
		return desk.Place(typed)
	}
	return s.PlaceOf(v.me())
}

// showSignOff is the page before a V°B°: what is declared, about which rows.
func (v *visit) showSignOff() error {
	s, _, err := v.month()
	if err != nil {
		return err
	}
	place := v.place(s)
	if err := s.MaySign(place, v.me()); err != nil {
		return err
	}
	back := registerPath(s.Sede, s.Begins())
	form := web.SignOffForm(back+signOffsPath, s.Seal, back)
	form.Key, form.Hidden = v.keyOr(session.Random()), append(form.Hidden, web.Hidden{Name: placeField, Value: string(place)})
	page := web.MonthForm{Title: "V°B° " + register.PlaceName(place), Sede: s.Name, Month: web.MonthYear(s.Begins()), Back: back, Form: form, Facts: v.monthFacts(s),
		Says: web.Say("signoff.says", "n", strconv.Itoa(s.Month.Rows), "month", web.MonthYear(s.Begins()), "sede", s.Name, "as", v.signsAs(s, place))}
	if s.Month.Rows == 1 {
		page.Says = web.Say("signoff.says.one", "month", web.MonthYear(s.Begins()), "sede", s.Name, "as", v.signsAs(s, place))
	}
	return v.show(page)
}

// signsAs is how the reader signs: by their post, or standing in.
func (v *visit) signsAs(s register.Sheet, place desk.Place) string {
	i := slices.IndexFunc(s.Signers(place), func(p register.Signer) bool { return p.Person == v.me() })
	if i < 0 {
		return ""
	}
	signer := s.Signers(place)[i]
	as := s.As(place, signer)
	if signer.For != "" {
		as += ", en suplencia de " + v.directory.Name(signer.For)
	}
	return as
}

// monthFacts are what a month holds: its states, what changed since a V°B°, and who
// gave the first one.
func (v *visit) monthFacts(s register.Sheet) []web.Datum {
	states, order, changed := map[string]int{}, []string(nil), 0
	for _, r := range s.Rows {
		if states[r.State]++; states[r.State] == 1 {
			order = append(order, r.State)
		}
		if r.Change.Changed() {
			changed++
		}
	}
	facts := []web.Datum{{Label: web.Say("register.rows"), Value: strconv.Itoa(s.Month.Rows), More: &web.Link{Label: web.Say("register.see"), Href: registerPath(s.Sede, s.Begins())}}}
	for _, state := range order {
		facts = append(facts, web.Datum{Label: state, Value: strconv.Itoa(states[state])})
	}
	if first, ok := s.Month.SignOff(desk.PlaceSpecialist); ok {
		facts = append(facts, web.Datum{Label: "V°B° " + register.PlaceName(desk.PlaceSpecialist), Value: byName(v.directory, first.Actor), Note: web.Stamp(first.At)})
	}
	if changed > 0 {
		facts = append(facts, web.Datum{Label: web.Say("register.changed.since"), Value: strconv.Itoa(changed)})
	}
	return facts
}

// monthRequest is what a form asks for.
func (v *visit) monthRequest(s register.Sheet) register.Request {
	return register.Request{Sede: s.Sede, Period: s.Period, Place: v.place(s), Seal: v.typed.Get(web.SealField), Reason: v.typed.Get(web.ReasonField),
		Actor: v.act("").Actor, Channel: desk.ChannelPortal, Key: v.key()}
}

// signOff gives the V°B°.
func (v *visit) signOff() error {
	s, _, err := v.month()
	if err != nil {
		return err
	}
	if _, _, err := v.Registers.Sign(v.r.Context(), v.monthRequest(s)); err != nil {
		return err
	}
	return v.leave(registerPath(s.Sede, s.Begins()) + "?done=signed")
}

// showReopening is the page on which a month is reopened.
func (v *visit) showReopening() error {
	s, _, err := v.month()
	if err != nil {
		return err
	}
	if err := s.MayReopen(v.me()); err != nil {
		return err
	}
	return v.drawReopening(s, nil)
}

func (v *visit) drawReopening(s register.Sheet, p *desk.Problem) error {
	back := registerPath(s.Sede, s.Begins())
	form := web.ReopeningForm(back+reopeningsPath, back, register.MaxReason, web.Filled{Values: map[string]string{web.ReasonField: v.typed.Get(web.ReasonField)}, Errors: errorsOf(p)})
	form.Key = v.keyOr(session.Random())
	return v.show(web.MonthForm{Title: web.Say("reopening.title"), Sede: s.Name, Month: web.MonthYear(s.Begins()), Back: back, Form: form, Facts: v.monthFacts(s), Says: web.Say("reopening.says")})
}

// reopenMonth voids the V°B° of a month, with a reason.
func (v *visit) reopenMonth() error {
	s, _, err := v.month()
	if err != nil {
		return err
	}
	_, _, err = v.Registers.Reopen(v.r.Context(), v.monthRequest(s))
	if p, ok := errors.AsType[*desk.Problem](err); ok && p.Code == desk.Invalid {
		return v.drawReopening(s, p)
	}
	if err != nil {
		return err
	}
	return v.leave(registerPath(s.Sede, s.Begins()) + "?done=reopened")
}

// announceMonthAct says above the page what its form has just done.
func (v *visit) announceMonthAct() {
	switch v.query("done") {
	case "signed":
		v.notice(web.Done, web.Say("register.done.signed"))
	case "reopened":
		v.notice(web.Done, web.Say("register.done.reopened"))
	}
}

package portal

import (
	"slices"

	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/web"
)

// The calls that the administration of the SGD gets: 8.2.1, 8.2.2.

// ofSGD tells whether a service's failures follow 8.2.
func ofSGD(s directory.Service) bool {
	return slices.ContainsFunc(ways(s), func(w directory.Way) bool { return w.Flow == desk.Flow82 })
}

// sgdDefaults fill in a call about the SGD: its service, and the texts of a
// typing error, to be changed or left (R82).
func (v *visit) sgdDefaults(typed map[string]string) {
	for _, s := range v.catalogue.Services {
		if ofSGD(s) && typed["service"] == "" {
			typed["service"] = string(s.ID)
		}
	}
	row, _ := flow.RowFor(desk.Ticket{Contact: true, Flow: desk.Flow82}, desk.ActTypingError)
	for _, f := range row.Fields {
		switch f.Name {
		case "detail":
			typed[web.TypingDetail] = f.Default
		case "solution":
			typed[web.TypingText] = f.Default
		}
	}
}

// checkSGD says what is wrong with the exit of a call about the SGD.
func (c call) checkSGD(wrong map[string]string) {
	if c.exit != web.ExitProgress && wrong["service"] == "" && !ofSGD(c.service) {
		wrong["service"] = web.Say("phone.error.sgd")
	}
	if c.exit != web.ExitTyping {
		return
	}
	delete(wrong, "description") // what was typed wrong says it
	if c.typed[web.TypingDetail] == "" {
		wrong[web.TypingDetail] = web.Say("phone.error.detail")
	}
	if c.typed[web.TypingText] == "" {
		wrong[web.TypingText] = web.Say("phone.error.solution")
	}
}

// endSGD takes the exit of a call about the SGD: it is 8.2 whichever it is.
func (v *visit) endSGD(c call, t desk.Ticket) (err error) {
	if t.Flow == "" {
		fields := desk.Fields{"service": string(c.service.ID), "flow": string(desk.Flow82), "priority": "4"}
		if t, err = v.step(c, t, desk.ActClassify, fields); err != nil {
			return err
		}
	}
	switch {
	case t.State.Ended():
	case c.exit == web.ExitTyping:
		_, err = v.step(c, t, desk.ActTypingError, desk.Fields{"detail": c.typed[web.TypingDetail], "solution": c.typed[web.TypingText], "medium": string(desk.ByMail)})
	default:
		_, err = v.step(c, t, desk.ActNeedTicket, nil)
	}
	return err
}

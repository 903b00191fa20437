package scenarios_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"mesa/infra/scenarios/rig"
	"mesa/shared/desk"
)

// calendar import FILE [says~…] · calendar refuse FILE says~…: the operator brings
// a calendar file of the story.
func workingCalendar(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 2, "calendar import FILE [says~…], or calendar refuse FILE says~…")
	if err != nil {
		return err
	}
	path, forget, err := p.file(s.plain[1])
	if err != nil {
		return err
	}
	defer forget()
	said, err := p.desk.Deskctl(ctx, "calendar", "import", path)
	if s.plain[0] == "refuse" {
		if err == nil {
			return fmt.Errorf("it was taken: %s", said)
		}
		said, err = err.Error(), nil
	}
	if err == nil && !strings.Contains(said, s.part["says"]) {
		err = fmt.Errorf("deskctl said %q", said)
	}
	return err
}

// holiday declare PERSON name=… source=… · holiday withdraw PERSON reason=…: on
// the portal's page, the next working day becomes a «día no laborable», or is one
// no longer. «clock holiday 15:00» moves to that day.
func holiday(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 2, "holiday declare PERSON name=… source=…, or holiday withdraw PERSON reason=…")
	if err != nil {
		return err
	}
	b, err := p.desk.SignedIn(ctx, person(s.plain[1]))
	if err != nil {
		return err
	}
	switch s.plain[0] {
	case "declare":
		if p.holiday, err = nextWorkingDay(ctx, p); err != nil {
			return err
		}
		year := p.desk.WebURL + "/admin/calendars/" + p.holiday.Format("2006")
		return send(ctx, b, year, "/days", map[string]string{"from": p.holiday.Format("02/01/2006"), "kind": "decree", "name": s.equal["name"], "source": s.equal["source"]}, "Se agregó un día.")
	case "withdraw":
		if p.holiday.IsZero() {
			return errors.New("no holiday was declared")
		}
		year := p.desk.WebURL + "/admin/calendars/" + p.holiday.Format("2006")
		return send(ctx, b, year+"/removals?"+url.Values{"from": {p.holiday.Format(desk.DateLayout)}}.Encode(), "", map[string]string{"reason": s.equal["reason"]}, "Se quitó el día.")
	}
	return fmt.Errorf("holiday %s is no word of the stories", s.plain[0])
}

// send fills in the form of a page that posts to its address and more, and wants
// what the next page says.
func send(ctx context.Context, b *rig.Browser, address, more string, values map[string]string, says string) error {
	page, err := b.Get(ctx, address)
	if err != nil {
		return err
	}
	u, err := url.Parse(address + more)
	if err != nil {
		return err
	}
	form, err := page.Form(u.Path)
	if err != nil {
		return err
	}
	if page, err = b.Submit(ctx, form, values); err != nil {
		return err
	}
	return shows(page, nil, says)
}

// nextWorkingDay is what the desk says it is.
func nextWorkingDay(ctx context.Context, p *play) (time.Time, error) {
	shown, err := p.desk.Deskctl(ctx, "calendar")
	if err != nil {
		return time.Time{}, err
	}
	_, day, found := strings.Cut(shown, "Próximo día hábil: ")
	if !found {
		return time.Time{}, fmt.Errorf("deskctl calendar says no next working day: %s", shown)
	}
	return time.ParseInLocation("02/01/2006", strings.TrimSpace(day), desk.Lima)
}

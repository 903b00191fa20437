package portal

import (
	"strings"

	"mesa/shared/desk"
	"mesa/shared/norm"
	"mesa/shared/web"
)

// Versions of the procedure: which rules, which is coming, and what each changes
// (R1, R4, R5, R8).

// versionPath is where the guide says what a version changes; its mail leads there.
const versionPath = "/help#version"

// newsDays is how long the start page speaks of a version after it began to rule.
const newsDays = 30

// versions adds to the guide the edition in force and the one that is coming.
func (v *visit) versions(page *web.Guide) error {
	editions, err := v.Institutions.Editions(v.r.Context(), v.now)
	if err != nil {
		return err
	}
	if e, there := editions.At(v.now); there {
		page.Current = editionShown(e)
	}
	if e, there := editions.Coming(v.now); there {
		page.Coming = editionShown(e)
	}
	return nil
}

func editionShown(e desk.Edition) *web.Edition {
	return &web.Edition{Version: e.Version, Approved: e.Approved, From: e.From, Changes: strings.Split(e.Changes, "\n"), Guide: e.Guide}
}

// laterVersion is the edition in force, when the text shown here is of an earlier
// one; nil when it is the text in force.
func (v *visit) laterVersion() (*web.Edition, error) {
	editions, err := v.Institutions.Editions(v.r.Context(), v.now)
	if err != nil {
		return nil, err
	}
	if e, there := editions.At(v.now); there && e.Version != norm.Version {
		return editionShown(e), nil
	}
	return nil, nil
}

// versionNews tells everybody on the start page of a version that is coming, or
// that rules since a short time.
func (v *visit) versionNews() ([]web.Link, error) {
	editions, err := v.Institutions.Editions(v.r.Context(), v.now)
	if err != nil {
		return nil, err
	}
	var news []web.Link
	if e, there := editions.Coming(v.now); there {
		news = append(news, web.Link{Label: "Desde el " + web.Day(e.From) + " rige la versión " + e.Version + " del procedimiento: qué cambia", Href: versionPath})
	}
	if e, there := editions.At(v.now); there && v.now.Before(e.From.AddDate(0, 0, newsDays)) {
		news = append(news, web.Link{Label: "Rige la versión " + e.Version + " del procedimiento desde el " + web.Day(e.From) + ": qué cambió", Href: versionPath})
	}
	return news, nil
}

package web

import "strings"

// navigation lists the places the viewer may go to. It hides; it does not guard.
func navigation(f Frame) []Link {
	v := f.Viewer
	if v == nil {
		return nil
	}
	places := []struct {
		show bool
		key  string
		href string
	}{
		{true, "nav.home", "/"},
		{v.Approver, "nav.approvals", "/approvals"},
		{v.Staff, "nav.queue", "/queue"},
		{v.Phones, "nav.phone", "/phone-contacts/new"},
		{true, "nav.request", "/ticket-forms"},
		{v.Regularises, "nav.regularisations", "/regularisations"},
		{v.Staff, "nav.rooms", "/room-calendar"},
		{v.Staff || v.Approver, "nav.register", "/register"},
		{v.Held, "nav.held", "/mail-quarantine"},
		{v.Operator, "nav.targets", "/admin/targets"},
		{v.Addresses, "nav.suppressed", "/admin/suppressed-addresses"},
		{v.Operator, "nav.operations", "/admin/operations"},
		{v.Operator, "nav.daysoff", "/admin/calendars"},
	}
	var links []Link
	for _, p := range places {
		if p.show {
			links = append(links, Link{Label: Say(p.key), Href: p.href, Here: within(f.Path, p.href), Count: pending(p.key, v)})
		}
	}
	return links
}

// pending is the number beside «Aprobaciones».
func pending(key string, v *Viewer) string {
	if key != "nav.approvals" || v.Waiting == 0 {
		return ""
	}
	return itoa(v.Waiting)
}

// within reports whether a path lies at or under a place.
func within(path, place string) bool {
	if place == "/" {
		return path == "/"
	}
	return path == place || strings.HasPrefix(path, place+"/") || strings.HasPrefix(path, place+"?")
}

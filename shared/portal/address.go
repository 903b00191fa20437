package portal

import (
	"net/url"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/directory"
)

// ticketPath is where a ticket is shown.
func ticketPath(n desk.Number) string { return "/tickets/" + url.PathEscape(string(n)) }

// actPath is where an act on a ticket is done.
func actPath(n desk.Number, act desk.ActKind) string {
	return ticketPath(n) + "/acts/" + url.PathEscape(string(act))
}

// formOf is where a service is asked for.
func formOf(id desk.ServiceID) string { return "/ticket-forms/" + url.PathEscape(string(id)) }

// query builds a query from names and values, leaving out the empty ones.
func query(pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	return q.Encode()
}

// with adds a query to a path, if there is one.
func with(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}

// anchor makes an id of a title: «Avería de Hardware» is averia-de-hardware.
func anchor(title string) string {
	return strings.Join(strings.FieldsFunc(directory.Fold(title), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), "-")
}

package portal

import (
	"context"
	"net/url"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/notify"
	"mesa/shared/web"
	"mesa/shared/work"
)

// Addresses are the addresses that take no mail: *feedback.Addresses.
type Addresses interface {
	List(ctx context.Context, limit int) ([]work.Suppression, error)
	// Get fails with desk.NotFound for an address that is not closed (any more).
	Get(ctx context.Context, key string) (work.Suppression, error)
	Reopen(ctx context.Context, key, reason string, by desk.PersonID) error
}

const (
	suppressedPath = "/admin/suppressed-addresses"
	suppressedMost = 200 // shown on the page
)

// seesAddresses: the mesa de ayuda, which calls, and who keeps the directory.
func (v *visit) seesAddresses() bool {
	return v.Addresses != nil && (v.rights.Desk || v.operator())
}

// suppressedAddresses lists them, the latest first.
func (v *visit) suppressedAddresses() error {
	if !v.seesAddresses() {
		return notFound()
	}
	list, err := v.Addresses.List(v.r.Context(), suppressedMost+1)
	if err != nil {
		return err
	}
	switch {
	case v.query("gone") != "":
		v.notice(web.Wait, web.Say("suppressed.gone"))
	case v.query("reopened") != "":
		v.notice(web.Done, web.Say("suppressed.reopened"))
	}
	page := web.Suppressed{More: len(list) > suppressedMost}
	for _, r := range list[:min(len(list), suppressedMost)] {
		row, err := v.suppressedAddress(r)
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, row)
	}
	return v.show(page)
}

// suppressedAddress says whose it is, why it is closed and by which mail.
func (v *visit) suppressedAddress(r work.Suppression) (web.SuppressedAddress, error) {
	row := web.SuppressedAddress{Address: r.Address, Href: suppressedPath + "/" + url.PathEscape(work.AddressKey(r.Address)), Since: r.At,
		Why: sentenceOf(notify.WhyNot(desk.Delivery{Cause: r.Cause, Status: r.Status})), Message: notify.Name(r.Message)}
	if person, ok := v.directory.ByEmail(r.Address, v.now); ok {
		row.Person = person.Name
	}
	if r.Release != nil {
		row.Again = "Se volvió a usar el " + web.Day(r.Release.At) + " (" + v.directory.Name(r.Release.By) + "): " + r.Release.Reason
	}
	s, err := v.Lists.Load(v.r.Context(), r.Ticket)
	switch {
	case desk.CodeOf(err) == desk.NotFound: // an answer to a stranger
	case err != nil:
		return row, err
	default:
		row.Number, row.Case = string(s.Ticket.Number), ticketPath(s.Ticket.Number)
	}
	return row, nil
}

// sentenceOf begins with a capital and ends with a full stop.
func sentenceOf(text string) string {
	first, size := strings.ToUpper(text[:1]), 1
	return first + text[size:] + "."
}

// showSuppressed is one address.
func (v *visit) showSuppressed() error { return v.drawSuppressed(nil) }

func (v *visit) drawSuppressed(wrong map[string]string) error {
	if !v.seesAddresses() {
		return notFound()
	}
	r, err := v.Addresses.Get(v.r.Context(), v.r.PathValue("key"))
	if desk.CodeOf(err) == desk.NotFound {
		return v.leave(suppressedPath + "?gone=1")
	}
	if err != nil {
		return err
	}
	row, err := v.suppressedAddress(r)
	if err != nil {
		return err
	}
	in := web.Filled{Values: map[string]string{"reason": v.typed.Get("reason")}, Errors: wrong}
	return v.show(web.SuppressedPage{SuppressedAddress: row, Said: r.Diagnostic, Reopen: web.ReopenForm(row.Href, in)})
}

// reopenAddress has an address used again.
func (v *visit) reopenAddress() error {
	if !v.seesAddresses() {
		return notFound()
	}
	reason := strings.Join(strings.Fields(v.typed.Get("reason")), " ")
	if reason == "" || len([]rune(reason)) > maxReopenReason {
		return v.drawSuppressed(map[string]string{"reason": web.Say("suppressed.error.reason")})
	}
	switch err := v.Addresses.Reopen(v.r.Context(), v.r.PathValue("key"), reason, v.me()); {
	case desk.CodeOf(err) == desk.NotFound:
		return v.leave(suppressedPath + "?gone=1")
	case err != nil:
		v.logFailure("address not reopened", err)
		return v.drawSuppressed(map[string]string{"reason": web.Say("suppressed.away")})
	}
	return v.leave(suppressedPath + "?reopened=1")
}

// maxReopenReason is how long a reason may be.
const maxReopenReason = 500

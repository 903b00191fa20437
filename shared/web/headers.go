package web

import (
	"net/http"
	"strings"
)

// policy lets a page load its own style sheet and images, send forms home, and
// nothing else: no script, no frame, no other origin (F36).
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// SecureHeaders sets what every answer of the portal carries. Further origins
// are let through as targets of forms, for the files that go to the storage.
func SecureHeaders(h http.Header, formOrigins ...string) {
	h.Set("Content-Security-Policy", contentPolicy(formOrigins))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	}
}

// contentPolicy adds origins to form-action; one that could end the directive
// and begin another is left out.
func contentPolicy(formOrigins []string) string {
	home, with := "form-action 'self'", "form-action 'self'"
	for _, origin := range formOrigins {
		if origin != "" && !strings.ContainsAny(origin, " ;,'\"\r\n") {
			with += " " + origin
		}
	}
	return strings.Replace(policy, home, with, 1)
}

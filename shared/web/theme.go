package web

import (
	"net/http"
	"strings"
)

// themeCookie remembers the chosen theme; the server reads it, so a page never
// flashes in the other one.
const themeCookie = "theme"

// ThemePath is where Theme must be mounted.
const ThemePath = "/account/theme"

// ThemeOf is the theme the person chose: "light", "dark", or "" for the device's.
func ThemeOf(r *http.Request) string {
	c, err := r.Cookie(themeCookie)
	if err != nil || c.Value != "light" && c.Value != "dark" {
		return ""
	}
	return c.Value
}

// Theme answers the three buttons at the foot of each page. It changes nothing
// but a cookie of looks, so it asks for no token.
func Theme() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		SecureHeaders(w.Header())
		if r.Method != http.MethodPost {
			http.Redirect(w, r, "/", http.StatusSeeOther)
			return
		}
		cookie := http.Cookie{Name: themeCookie, Value: r.PostFormValue("theme"), Path: "/", MaxAge: 365 * 24 * 3600,
			HttpOnly: true, SameSite: http.SameSiteLaxMode}
		if cookie.Value != "light" && cookie.Value != "dark" {
			cookie.Value, cookie.MaxAge = "", -1
		}
		http.SetCookie(w, &cookie)
		http.Redirect(w, r, localPath(r.PostFormValue("back")), http.StatusSeeOther)
	})
}

// localPath keeps a redirect on this site: a path, never another host.
func localPath(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n") {
		return "/"
	}
	return path
}

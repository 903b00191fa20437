package web

import "html/template"

// icons are shapes on a grid of 16, drawn in the colour of the text beside them
// and hidden from those who hear the page: the word says it all.
func icons() map[string]string {
	return map[string]string{
		"triangle":  `<path d="M8 2 15 14H1z"/>`,
		"diamond":   `<path d="M8 1l7 7-7 7-7-7z"/>`,
		"square":    `<path d="M2 2h12v12H2z"/>`,
		"circle":    `<circle cx="8" cy="8" r="6"/>`,
		"neutral":   `<circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" stroke-width="2"/>`,
		"wait":      `<path d="M3 1h10v3L9.5 8l3.5 4v3H3v-3l3.5-4L3 4z"/>`,
		"work":      `<path d="M8 2l6 6-6 6v-4H2V6h6z"/>`,
		"done":      `<path d="M6 13 1 8l2-2 3 3 7-7 2 2z"/>`,
		"stop":      `<path d="M4 2l4 4 4-4 2 2-4 4 4 4-2 2-4-4-4 4-2-2 4-4-4-4z"/>`,
		"attention": `<path d="M8 3V0L3.5 4.5 8 9V6a3.5 3.5 0 1 1-3.5 3.5h-3A6.5 6.5 0 1 0 8 3z"/>`,
		"flag":      `<path d="M3 1h2v1h9l-2.5 4L14 10H5v5H3z"/>`,
		"eye":       `<path d="M8 3C4 3 1.5 6 .5 8c1 2 3.5 5 7.5 5s6.5-3 7.5-5c-1-2-3.5-5-7.5-5zm0 8a3 3 0 1 1 0-6 3 3 0 0 1 0 6z"/>`,
		"search":    `<circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" stroke-width="2"/><path d="M10 11.5l1.5-1.5 3.5 3.5-1.5 1.5z"/>`,
		"mail":      `<path d="M1 3h14v1L8 9 1 4zM1 6l7 5 7-5v7H1z"/>`,
		"lock":      `<path d="M4 7V5a4 4 0 0 1 8 0v2h1v8H3V7zm2 0h4V5a2 2 0 0 0-4 0z"/>`,
	}
}

// marker returns the function that draws an icon by name; an unknown name draws
// nothing. The drawings are made once, not at each of a queue's fifty tags.
func marker() func(name string) template.HTML {
	drawn := make(map[string]template.HTML)
	for name, path := range icons() {
		drawn[name] = template.HTML(`<svg class="i" viewBox="0 0 16 16" aria-hidden="true" focusable="false">` + path + `</svg>`) //nolint:gosec // constants only
	}
	return func(name string) template.HTML { return drawn[name] }
}

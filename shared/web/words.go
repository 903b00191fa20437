package web

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed words/es-PE.txt
var spanishWords string

// spanish is the catalogue, read once.
var spanish = sync.OnceValue(func() map[string]string { return parseWords(spanishWords) })

// Say returns the text of a key with its {names} filled in, in the order
// name, value, name, value. An unknown key shows itself in brackets, so that a
// slip is seen on screen and by the test that reads every key used.
func Say(key string, pairs ...string) string {
	text, ok := spanish()[key]
	if !ok {
		return "[" + key + "]"
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, "{"+pairs[i]+"}", pairs[i+1])
	}
	return text
}

// parseWords reads lines «key: text»; blank lines and lines with # are skipped.
func parseWords(file string) map[string]string {
	words := make(map[string]string)
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		key, text, found := strings.Cut(line, ": ")
		if line == "" || strings.HasPrefix(line, "#") || !found {
			continue
		}
		words[key] = strings.TrimSpace(text)
	}
	return words
}

// Package docs holds what the Markdown files say against what is there: a link
// leads to a file, a folder's README names all its children, a command that a
// reader is told to type exists, a table of settings is that of the template, and
// the map of layers is the one that the imports draw.
//
// It reads Markdown as far as these files use it: links, tables, fenced blocks.
package docs

import (
	"regexp"
	"strings"
)

var (
	link = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	code = regexp.MustCompile("`([^`]+)`")
)

// Links are the targets of all links of a text, without their anchors.
func Links(text string) []string {
	var targets []string
	for _, m := range link.FindAllStringSubmatch(text, -1) {
		if target, _, _ := strings.Cut(m[1], "#"); target != "" {
			targets = append(targets, target)
		}
	}
	return targets
}

// Code is every `piece of code` of a text.
func Code(text string) []string {
	var pieces []string
	for _, m := range code.FindAllStringSubmatch(text, -1) {
		pieces = append(pieces, m[1])
	}
	return pieces
}

// Commands are the lines of the text's blocks, fenced or indented, without the
// comment at their end.
func Commands(text string) []string {
	var lines []string
	fenced, shell := false, false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if language, ok := strings.CutPrefix(line, "```"); ok {
			fenced, shell = !fenced, language == "sh" || language == ""
			continue
		}
		inside := fenced && shell || !fenced && strings.HasPrefix(line, "    ")
		if command, _, _ := strings.Cut(line, " #"); inside && strings.TrimSpace(command) != "" {
			lines = append(lines, strings.TrimSpace(command))
		}
	}
	return lines
}

// Table is the rows of the first table whose first column has that heading, cell
// by cell; nil if there is none.
func Table(text, heading string) [][]string {
	var rows [][]string
	found := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case !strings.HasPrefix(line, "|"):
			if found {
				return rows
			}
		case !found:
			found = strings.TrimSpace(strings.Split(line, "|")[1]) == heading
		case strings.HasPrefix(line, "|--"):
		default:
			rows = append(rows, cells(line))
		}
	}
	return rows
}

func cells(line string) []string {
	parts := strings.Split(strings.Trim(line, "|"), "|")
	for i, p := range parts {
		parts[i] = strings.TrimSpace(p)
	}
	return parts
}

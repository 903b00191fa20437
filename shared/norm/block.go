package norm

import (
	"regexp"
	"strings"
)

// BlockKind says what a block of the text is.
type BlockKind string

// The kinds of block.
const (
	Section   BlockKind = "section"   // «VIII. Descripción del Procedimiento»
	Part      BlockKind = "part"      // «8.1. Incidentes en Sistemas de Información»
	Item      BlockKind = "item"      // «8.1.6. Si el caso amerita…»
	Paragraph BlockKind = "paragraph" // belongs to what stands above it
	Note      BlockKind = "note"      // a footnote
	Table     BlockKind = "table"
)

// Block is one piece of the text, for drawing it: chapters I to IX. What comes
// before and after, resolution and blank forms, stands in Text.
type Block struct {
	Kind   BlockKind
	Number string // «VIII», «8.1», «8.1.6»; of a table, what it belongs to
	Text   string
	Rows   [][]string // of a table, all of one width
}

// Anchor is the fragment under which a page shows the block; empty for those
// without a number of their own.
func (b Block) Anchor() string {
	if b.Number == "" || b.Kind == Table {
		return ""
	}
	return AnchorOf(b.Number)
}

// AnchorOf is the fragment of a number: «8.1.6» is #numeral-8-1-6.
func AnchorOf(number string) string {
	return "numeral-" + strings.ToLower(strings.ReplaceAll(number, ".", "-"))
}

var (
	sectionLine = regexp.MustCompile(`^([IVX]+)\. (\p{L}.*)$`)
	partLine    = regexp.MustCompile(`^(\d\.\d)\.?\s+(.*)$`)
	itemLine    = regexp.MustCompile(`^- (\d\.\d(?:\.\d+)?)\.?\s+(.*)$`)
	noteLine    = regexp.MustCompile(`^[¹²³⁴] `)
)

const (
	firstLine = "I. Objetivo"
	lastLine  = "ANEXO N° 01"
	signature = "«[firma digital]»"
)

// Blocks are the text in order, as a page draws it.
func Blocks() []Block {
	var blocks []Block
	inside := false
	for line := range strings.SplitSeq(text, "\n") {
		if line == lastLine {
			break
		}
		inside = inside || line == firstLine
		if bare := strings.TrimSpace(line); inside && bare != "" && bare != signature {
			blocks = appendLine(blocks, line)
		}
	}
	return blocks
}

// appendLine adds a line as a block of its own, or to the table it continues.
func appendLine(blocks []Block, line string) []Block {
	bare := strings.TrimSpace(line)
	if strings.Contains(line, "\t") {
		return appendRow(blocks, strings.Split(line, "\t"))
	}
	for _, form := range []struct {
		kind BlockKind
		line *regexp.Regexp
	}{{Section, sectionLine}, {Part, partLine}, {Item, itemLine}} {
		if found := form.line.FindStringSubmatch(bare); found != nil {
			return append(blocks, Block{Kind: form.kind, Number: found[1], Text: found[2]})
		}
	}
	if noteLine.MatchString(bare) {
		return append(blocks, Block{Kind: Note, Text: bare})
	}
	return append(blocks, Block{Kind: Paragraph, Text: strings.TrimPrefix(bare, "- ")})
}

// appendRow adds a row to the table above it, or begins one. A heading repeated
// after a page break is the same table.
func appendRow(blocks []Block, cells []string) []Block {
	for i := range cells {
		cells[i] = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(cells[i]), ": "))
	}
	last := len(blocks) - 1
	if last < 0 || blocks[last].Kind != Table || len(blocks[last].Rows[0]) != len(cells) {
		return append(blocks, Block{Kind: Table, Number: numberAbove(blocks), Rows: [][]string{cells}})
	}
	if strings.Join(cells, "\t") != strings.Join(blocks[last].Rows[0], "\t") {
		blocks[last].Rows = append(blocks[last].Rows, cells)
	}
	return blocks
}

// numberAbove is the number of the nearest block above that has one.
func numberAbove(blocks []Block) string {
	for i := len(blocks) - 1; i >= 0; i-- {
		if blocks[i].Number != "" {
			return blocks[i].Number
		}
	}
	return ""
}

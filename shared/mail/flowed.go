package mail

import "strings"

// unflow joins the lines of a format=flowed text (RFC 3676): a line that ends
// in a blank goes on in the next one of the same quote depth. The signature
// line `-- ` ends in a blank and never flows.
func unflow(text string, delSp bool) string {
	var out []string
	open := false // the last line of out goes on
	depth := 0
	for line := range strings.SplitSeq(text, "\n") {
		quotes := len(line) - len(strings.TrimLeft(line, ">"))
		content := strings.TrimPrefix(line[quotes:], " ") // space-stuffing
		signature := content == "-- "
		if open && quotes == depth && !signature {
			out[len(out)-1] += content
		} else {
			out = append(out, quotePrefix(quotes)+content)
		}
		open = strings.HasSuffix(content, " ") && !signature
		if open && delSp {
			last := len(out) - 1
			out[last] = strings.TrimSuffix(out[last], " ")
		}
		depth = quotes
	}
	return strings.Join(out, "\n")
}

func quotePrefix(depth int) string {
	if depth == 0 {
		return ""
	}
	return strings.Repeat(">", depth) + " "
}

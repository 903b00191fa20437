package mail

import "strings"

// unflow joins the lines of a format=flowed text (RFC 3676): a line that ends
// in a blank goes on in the next one of the same quote depth. The signature
// line `-- ` ends in a blank and never flows.
func unflow(text string, delSp bool) string {
	var out strings.Builder
	open := false // the last line goes on
	depth := 0
	for i, line := range strings.Split(text, "\n") {
		quotes := len(line) - len(strings.TrimLeft(line, ">"))
		content := strings.TrimPrefix(line[quotes:], " ") // space-stuffing
		signature := content == "-- "
		if !open || quotes != depth || signature {
			if i > 0 {
				out.WriteByte('\n')
			}
			out.WriteString(quotePrefix(quotes))
		}
		open = strings.HasSuffix(content, " ") && !signature
		if open && delSp {
			content = strings.TrimSuffix(content, " ")
		}
		out.WriteString(content)
		depth = quotes
	}
	return out.String()
}

func quotePrefix(depth int) string {
	if depth == 0 {
		return ""
	}
	return strings.Repeat(">", depth) + " "
}

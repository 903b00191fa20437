package annex

import (
	"archive/zip"
	"bytes"
	_ "embed" // the blank form
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// blankForm is the empty form as a workbook: the labels of FOR-0002 in its order,
// with lists where the paper has boxes, and a name for each cell that is filled
// in. Its test writes it (go test -update).
//
//go:embed blank.xlsx
var blankForm string

// blankHeading stands in the form for its code and version.
const blankHeading = "{heading}"

// blankTexts is the part of the workbook that holds its words.
const blankTexts = "xl/sharedStrings.xml"

// Blank is the empty form under a heading, the code and version of the day, to be
// downloaded, filled in and attached to a mail. Reading a filled one asks for
// neither, so forms of every version are taken.
func Blank(heading string) ([]byte, error) {
	form, err := zip.NewReader(strings.NewReader(blankForm), int64(len(blankForm)))
	if err != nil {
		return nil, fmt.Errorf("blank form: %w", err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range form.File {
		if part.Name == blankTexts {
			err = putHeading(w, part, heading)
		} else {
			err = w.Copy(part)
		}
		if err != nil {
			return nil, fmt.Errorf("blank form: %s: %w", part.Name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("blank form: %w", err)
	}
	return out.Bytes(), nil
}

// putHeading writes the part of the words with the heading in its place.
func putHeading(w *zip.Writer, part *zip.File, heading string) error {
	r, err := part.Open()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	words, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	var escaped bytes.Buffer
	if err := xml.EscapeText(&escaped, []byte(heading)); err != nil {
		return err
	}
	to, err := w.Create(blankTexts)
	if err != nil {
		return err
	}
	_, err = to.Write(bytes.Replace(words, []byte(blankHeading), escaped.Bytes(), 1))
	return err
}

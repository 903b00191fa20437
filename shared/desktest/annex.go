package desktest

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"mesa/shared/annex"
)

// FilledAnnex is the blank Anexo 02 that the desk hands out, filled in as a person
// would with a spreadsheet: values by the names of its cells, as «De_01».
func FilledAnnex(values map[string]any) ([]byte, error) {
	blank, err := annex.Blank("FOR-0002 · Versión N° 01")
	if err != nil {
		return nil, fmt.Errorf("fill annex: %w", err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(blank))
	if err != nil {
		return nil, fmt.Errorf("fill annex: %w", err)
	}
	cells := map[string]string{} // «'Anexo 02'!$B$8» by name
	for _, n := range f.GetDefinedName() {
		cells[n.Name] = n.RefersTo
	}
	for name, value := range values {
		sheet, cell, ok := strings.Cut(cells[name], "!")
		if !ok {
			return nil, fmt.Errorf("fill annex: no cell is named %q", name)
		}
		if err := f.SetCellValue(strings.Trim(sheet, "'"), strings.ReplaceAll(cell, "$", ""), value); err != nil {
			return nil, fmt.Errorf("fill annex: %w", err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, fmt.Errorf("fill annex: %w", err)
	}
	return out.Bytes(), nil
}

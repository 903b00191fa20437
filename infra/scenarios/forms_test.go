package scenarios_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"mesa/shared/desk"
	"mesa/shared/desktest"
)

// form fills in the blank Anexo 02 as the file of the story says, a cell a line by
// its name; «day+2» becomes that date as people write it. Nil for no file.
func (p *play) form(ctx context.Context, file string) ([]byte, error) {
	if file == "" {
		return nil, nil
	}
	values := map[string]any{}
	for line := range strings.Lines(p.read(file)) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			return nil, fmt.Errorf("%s: write a cell as «De_01: 9:00»", file)
		}
		date, isDay, err := p.day(ctx, value)
		if err != nil {
			return nil, err
		}
		if isDay {
			day, err := time.Parse(desk.DateLayout, date)
			if err != nil {
				return nil, err
			}
			value = day.Format("02/01/2006")
		}
		values[name] = value
	}
	return desktest.FilledAnnex(values)
}

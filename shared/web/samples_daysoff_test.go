package web

import "mesa/shared/desk"

func dayOffSamples() []sample {
	admin := Frame{Viewer: &Viewer{Name: "Administración de ejemplo", Role: "Administradora/or", Operator: true}, Path: "/admin/calendars/2026", Token: "token-1", Institution: desk.PNAEQW()}
	gone := DayOffLine{When: "04/11/2026", Name: "Aniversario de Puno", Scope: "solo UT Puno", Source: "Ley de ejemplo"}
	return []sample{
		{"daysoff", admin, daysOff(Filled{}, "")},
		{"daysoff-wrong", admin, daysOff(Filled{Values: map[string]string{"from": "32/12/2026", "kind": DayOffOfSede}, Errors: map[string]string{"from": "Escriba la fecha.", "sede": "Elija la sede del feriado regional."}}, "Entrada 2, «Día no laborable», 24/12/2026: CATEGORIES debe decir una de estas: NATIONAL, DECREE o REGIONAL.")},
		{"daysoff-read", chief("/admin/calendars/2027"), func() DaysOff {
			p := daysOff(Filled{}, "")
			p.Add, p.Import, p.Changes, p.Groups[1].Days = nil, nil, nil, nil
			return p
		}()},
		{"dayoffremoval", admin, DayOffRemoval{Year: "2026", Back: "/admin/calendars/2026", Day: gone, Form: DayOffRemovalForm("/x", "/admin/calendars/2026", Filled{})}},
		{"dayoffremoval-wrong", admin, DayOffRemoval{Year: "2026", Back: "/admin/calendars/2026", Day: gone, Form: DayOffRemovalForm("/x", "/y", Filled{Errors: map[string]string{"reason": "Escriba por qué se quita."}})}},
	}
}

func daysOff(in Filled, file string) DaysOff {
	kinds := []Option{{Value: "national", Label: "Feriado nacional"}, {Value: "decree", Label: "Día no laborable"}, {Value: DayOffOfSede, Label: "Feriado regional"}, {Value: "worked", Label: "Feriado sin efecto", Hint: "Una norma deja sin efecto un feriado nacional: ese día se trabaja."}}
	return DaysOff{Year: "2026", Next: at(8, 30).AddDate(0, 0, 1), Hours: []Datum{{Label: "Todas las sedes", Value: "Lunes a viernes, 08:30 a 13:00 y 14:00 a 17:30"}, {Label: "UT Loreto", Value: "Lunes a viernes, 07:30 a 13:00 y 14:00 a 16:30"}},
		Groups: []DayGroup{
			{ID: "national", Title: "16 feriados nacionales", Days: []DayOffLine{{When: "01/01/2026", Name: "Año Nuevo", Source: "D.Leg. 713"}, {When: "02/04/2026", Name: "Jueves Santo", Source: "D.Leg. 713"}}},
			{ID: "decree", Title: "1 día no laborable", Days: []DayOffLine{{When: "24/12/2026 al 25/12/2026", Name: "Día no laborable", Source: "DS 000-2026-PCM", Remove: "/x"}}, None: "Ninguno."},
			{ID: "regional", Title: "1 feriado regional", Days: []DayOffLine{{When: "24/06/2026", Name: "Día del Cusco", Scope: "solo UT Cusco", Source: "Ley de ejemplo"}}, None: "Ninguno."}},
		Changes: []DayChange{{At: at(10, 0), By: "Administración de ejemplo", What: []string{"Se quitó 31/12/2026, Día no laborable"}, Reason: "El decreto se derogó"}},
		Add:     DayOffForm("/x", kinds, []Option{{Value: "UT-CUSCO", Label: "UT Cusco"}}, in), Import: DayOffImportForm("/y", file), Export: "/z", Earlier: Link{Label: "2025", Href: "/a"}, Later: Link{Label: "2027", Href: "/b"}}
}

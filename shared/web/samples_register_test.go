package web

import "mesa/shared/desk"

func registerSamples() []sample {
	return []sample{
		{"register", staff("/register/ut-ejemplo/2026-09"), register()},
		{"register-reopened", head1("/register/ut-ejemplo/2026-09"), reopenedRegister()},
		{"register-empty", staff("/register/ut-ejemplo/2026-10"), Register{House: desk.PNAEQW(), Sede: "UT Ejemplo", Month: "octubre de 2026", Previous: &Link{Label: "setiembre", Href: "#p"}}},
		{"signoff", head1("/register/ut-ejemplo/2026-09/sign-offs"), MonthForm{Title: "V°B° Jefa/e de Unidad / Jefa/e de UT", Sede: "UT Ejemplo", Month: "setiembre de 2026", Back: "/register/ut-ejemplo/2026-09",
			Facts: []Datum{{Label: "Atenciones", Value: "20", More: &Link{Label: "Ver las atenciones", Href: "/register/ut-ejemplo/2026-09"}}, {Label: "Atendido", Value: "20"}},
			Says:  Say("signoff.says", "n", "20", "month", "setiembre de 2026", "sede", "UT Ejemplo", "as", "Jefa/e de la UT Ejemplo"), Form: SignOffForm("/register/ut-ejemplo/2026-09/sign-offs", "ab", "/register/ut-ejemplo/2026-09")}},
		{"reopening", head1("/register/ut-ejemplo/2026-09/reopenings"), reopening(Filled{})},
		{"reopening-wrong", head1("/register/ut-ejemplo/2026-09/reopenings"), reopening(Filled{Values: map[string]string{ReasonField: long}, Errors: map[string]string{ReasonField: "Escriba hasta 500 caracteres."}})},
	}
}

func reopening(in Filled) MonthForm {
	return MonthForm{Title: Say("reopening.title"), Sede: "UT Ejemplo", Month: "setiembre de 2026", Back: "/register/ut-ejemplo/2026-09", Facts: []Datum{{Label: "Atenciones", Value: "20"}},
		Says: Say("reopening.says"), Form: ReopeningForm("/register/ut-ejemplo/2026-09/reopenings", "/register/ut-ejemplo/2026-09", 500, in)}
}

// reopenedRegister was signed, reopened, and is signed by nobody now.
func reopenedRegister() Register {
	r := register()
	r.Rows[6].Changed, r.Rows[6].Differences, r.Reopen = "Reabierto y vuelto a cerrar", nil, nil
	r.Signs = []SignOff{{Role: "Especialista TIC / Especialista informático", Waits: "Lo da: Especialista de ejemplo."},
		{Role: "Jefa/e de Unidad / Jefa/e de UT", Waits: "Después del V°B° de la/el especialista."}}
	r.Record = []MonthAct{{What: "Sin efecto: V°B° Especialista TIC / Especialista informático. Atenciones: 19", By: "Especialista de ejemplo", At: at(9, 12)},
		{What: "Mes reabierto: los V°B° anteriores quedan sin efecto", By: "Jefatura de ejemplo", At: at(11, 0), Reason: "La fila 7 dice otra impresora. " + long}}
	return r
}

func register() Register {
	var rows []RegisterRow
	for i := range 20 {
		rows = append(rows, RegisterRow{Number: i + 1, Date: at(9, i), Sede: "UT Ejemplo", Person: "Usuaria/o de ejemplo", Area: "Supervisión",
			Description: "La impresora del segundo piso no enciende", Solution: "Se cambió el cable de poder y se probó la impresión", Typology: "Avería de Hardware",
			State: "Atendido", Staff: "Personal de soporte 1", Href: "/tickets/2026-004390"})
	}
	rows[6].Changed = "Modificado después del V°B° (02/10/2026)"
	rows[6].Differences = []Difference{{"Descripción de la solución", "Se cambió el cable de poder", "Se cambió la fuente " + long}, {"Estado", "En Progreso", "Atendido"}}
	rows[7].Href = ""
	return Register{House: desk.PNAEQW(), Sede: "UT Ejemplo", Month: MonthYear(at(0, 0)), Rows: rows, Previous: &Link{Label: "agosto", Href: "#p"}, Later: &Link{Label: "octubre", Href: "#n"},
		Sedes: []Link{{Label: "UT Ejemplo", Href: "#1", Here: true}, {Label: "Sede Central", Href: "#2"}}, Exports: []Link{{Label: "Descargar XLSX", Href: "#x"}},
		Signs: []SignOff{{Role: "Especialista TIC / Especialista informático", By: "Especialista de ejemplo", At: at(9, 12), Rows: 19},
			{Role: "Jefa/e de Unidad / Jefa/e de UT", Act: &Act{Label: "Dar mi visto bueno", Href: "#v"}}},
		Months: []Link{{Label: "agosto de 2026, UT Ejemplo", Href: "/register/ut-ejemplo/2026-08"}}, Reopen: &Link{Label: "Reabrir el mes, con un motivo", Href: "#r"}}
}

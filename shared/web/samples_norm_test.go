package web

import "time"

func normText() NormText {
	return NormText{Version: "01", Download: "/procedure.txt", Contents: []Link{{Label: "VIII. Descripción del Procedimiento", Href: "#numeral-viii"}}, Blocks: []NormBlock{
		{Level: 2, Number: "VIII", Anchor: "numeral-viii", Text: "Descripción del Procedimiento"},
		{Level: 3, Number: "8.1", Anchor: "numeral-8-1", Text: "Incidentes en Sistemas de Información"},
		{Number: "8.1.6", Anchor: "numeral-8-1-6", Text: "Si el caso amerita escalar al Nivel 3 de atención, envía el caso al equipo de base de datos y aplicaciones."},
		{Text: "En caso de las Unidades Territoriales, serán atendidas por la/el especialista informático o el que haga su vez."},
		{Number: "7.6", Rows: [][]string{{"Acceso", "Red", "Configuración"}, {"", "Correo electrónico", "Acceso / creación / Baja de Usuarias/os"}}},
		{Text: "¹ Directiva de ejemplo.", Note: true},
	}}
}

// laterText is the text of a version that a later one replaced.
func laterText() NormText {
	p := normText()
	p.Since = secondVersion()
	return p
}

func secondVersion() *Edition {
	return &Edition{Version: "02", Approved: "Resolución de ejemplo, 01/10/2026", From: time.Date(2026, time.October, 15, 5, 0, 0, 0, time.UTC), Guide: "https://www.example.gob.pe/guia.pdf",
		Changes: []string{"Se agrega el servicio VPN web al catálogo.", "Las videoconferencias se piden con dos días de anticipación."}}
}

// guideOfVersions tells of the version in force and of one that is coming.
func guideOfVersions() Guide {
	p := guide()
	p.Current, p.Coming = secondVersion(), secondVersion()
	p.Coming.Version, p.Coming.Guide = "03", ""
	return p
}

func guide() Guide {
	return Guide{
		Parts: []GuidePart{
			{Title: "Si necesita ayuda", Mine: true, Steps: []GuideStep{{Text: "Elija el servicio.", Clause: "7.3", Link: &Link{Label: "Registrar una solicitud", Href: "/ticket-forms"}}, {Text: "Siga su caso.", Clause: "8.1.5"}}},
			{Title: "Si atiende en Nivel 1", Steps: []GuideStep{{Text: "Clasifique lo que llega.", Clause: "8.1.2"}}},
		},
		Hours:   []Datum{{Label: "Lunes a viernes", Value: "08:30 a 13:00 y 14:00 a 17:30"}, {Label: "Sábado a domingo", Value: "Cerrado"}},
		DaysOff: []Datum{{Label: "24/06/2026", Value: "Fiesta de San Juan", Note: "Norma regional"}},
		Norm:    []Datum{{Label: "Código", Value: "PRO-044-PNAEQW-UTI"}, {Label: "Versión", Value: "01"}},
	}
}

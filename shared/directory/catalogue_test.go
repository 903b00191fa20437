package directory

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/calendar"
	"mesa/shared/desk"
)

func TestWaysLeadToTheFlowOfTheEntry(t *testing.T) {
	tests := map[string]struct {
		service desk.ServiceID
		want    []Way
	}{
		"Acceso is 8.4":                           {"access-sgd", []Way{{Flow: "8.4", Kind: desk.Requirement}}},
		"Avería is 8.6, an incident":              {"hardware-printers", []Way{{Flow: "8.6", Kind: desk.Incident}}},
		"Mantenimiento is 8.6, a requirement":     {"maintenance-printers", []Way{{Flow: "8.6", Kind: desk.Requirement}}},
		"software that is no system has no fault": {"apps-antivirus", []Way{{Flow: "8.5", Kind: desk.Requirement}}},
		"a system is 8.5, and 8.1 or 8.3 when it fails": {"apps-sigo", []Way{
			{Flow: "8.5", Kind: desk.Requirement, Label: "Instalación o configuración"},
			{Flow: "8.1", Kind: desk.Incident, Label: "Falla o lentitud"},
			{Flow: "8.3", Kind: desk.Incident, Label: "Incidente detectado por la UTI", Staff: true}}},
		"the SGD is 8.2 when it fails": {"apps-sgd", []Way{
			{Flow: "8.5", Kind: desk.Requirement, Label: "Instalación o configuración"},
			{Flow: "8.2", Kind: desk.Incident, Label: "Falla o lentitud"},
			{Flow: "8.3", Kind: desk.Incident, Label: "Incidente detectado por la UTI", Staff: true}}},
		"Reuniones is 8.8":       {"meetings", []Way{{Flow: "8.8", Kind: desk.Requirement}}},
		"Consultas is 8.7":       {"technical-consultation", []Way{{Flow: "8.7", Kind: desk.Requirement}}},
		"the mail system is 8.7": {"email-zimbra", []Way{{Flow: "8.7", Kind: desk.Requirement}}},
		"the line is 8.7":        {"internet-dedicated", []Way{{Flow: "8.7", Kind: desk.Incident}}},
		"VPN is 8.7":             {"interconnection-vpn", []Way{{Flow: "8.7", Kind: desk.Requirement}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, ok := First().Service(tt.service)
			if diff := cmp.Diff(tt.want, s.Ways()); !ok || diff != "" {
				t.Errorf("found %v (-want +got):\n%s", ok, diff)
			}
		})
	}
}

func TestEveryFlowIsReachedFromTheCatalogue(t *testing.T) {
	reached := map[desk.FlowCode]bool{}
	for _, s := range First().Services {
		for _, way := range s.Ways() {
			reached[way.Flow] = true
		}
	}
	for n := '1'; n <= '8'; n++ {
		if flow := desk.FlowCode("8." + string(n)); !reached[flow] {
			t.Errorf("no service leads to %s", flow)
		}
	}
}

func TestAServiceThatIsNotThere(t *testing.T) {
	if _, ok := First().Service("none"); ok {
		t.Error("found")
	}
}

func TestCatalogueInForce(t *testing.T) {
	date := func(y int) calendar.Date { return calendar.Date{Year: y, Month: time.January, Day: 1} }
	versions := Catalogues{{Version: "03", Effective: date(2027)}, {Version: "01", Effective: date(2021)}, {Version: "02", Effective: date(2026)}}
	tests := map[string]struct {
		at   time.Time
		want string
	}{
		"the newest that is effective": {now, "02"},
		"from midnight of its day":     {date(2027).Start(), "03"},
		"the older until then":         {date(2027).Start().Add(-time.Second), "02"},
		"none before the first":        {date(2021).Start().Add(-time.Second), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got, ok := versions.InForce(tt.at); got.Version != tt.want || ok != (tt.want != "") {
				t.Errorf("got %q, %v; want %q", got.Version, ok, tt.want)
			}
		})
	}
	if got, ok := versions.Version("01"); !ok || got.Effective != date(2021) {
		t.Errorf("an old ticket finds %v, %v", got, ok)
	}
	if _, ok := versions.Version("09"); ok {
		t.Error("found a version that was never published")
	}
}

func TestParseCatalogueNamesTheBadCell(t *testing.T) {
	const head = "service,type,name,operations,flow,kind\n"
	tests := map[string]struct{ content, want string }{
		"another table":         {"person,name\n", "c.csv, línea 1, columna 1 (person): el nombre de la primera columna dice de qué tabla es; debe ser uno de: service"},
		"no services":           {head, "c.csv: el catálogo no tiene servicios"},
		"a flow of no clause":   {head + "a,T,A,Op,8.9,incidente\n", "línea 2, columna 5 (flow): «8.9» no es un flujo"},
		"a kind of no clause":   {head + "a,T,A,Op,8.5,queja\n", "línea 2, columna 6 (kind): «queja» no es uno de los valores admitidos: incidente, requerimiento"},
		"no operations":         {head + "a,T,A,,8.5,incidente\n", "línea 2, columna 4 (operations): escriba un valor"},
		"an empty operation":    {head + "a,T,A,Uno||Dos,8.5,incidente\n", "línea 2, columna 4 (operations): hay un valor vacío"},
		"an operation too long": {head + "a,T,A," + strings.Repeat("x", 201) + ",8.5,incidente\n", "columna 4 (operations): el texto pasa de 200"},
		"a service twice":       {head + "a,T,A,Op,8.5,incidente\na,T,B,Op,8.5,incidente\n", "línea 3, columna 1 (service): «a» está dos veces"},
		"replacing what stays":  {head[:len(head)-1] + ",replaces\na,T,A,Op,8.5,incidente,b\nb,T,B,Op,8.5,incidente,\n", "línea 2, columna 7 (replaces): «b» sigue en el catálogo"},
		"replaced twice":        {head[:len(head)-1] + ",replaces\na,T,A,Op,8.5,incidente,c\nb,T,B,Op,8.5,incidente,c\n", "línea 3, columna 7 (replaces): «c» ya lo reemplaza «a»"},
		"a bad id":              {head + "a b,T,A,Op,8.5,incidente\n", "línea 2, columna 1 (service): «a b» no sirve"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, problems := ParseCatalogue("02", day(10, 1), file("c.csv", tt.content))
			if text := problemLines(problems); !strings.Contains(text, tt.want) {
				t.Errorf("got  %s\nwant %s", text, tt.want)
			}
			if len(got.Services) > 0 {
				t.Errorf("half imported: %v", got.Services)
			}
		})
	}
}

func TestCatalogueSurvivesCSV(t *testing.T) {
	content, err := FormatCatalogue(First())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(content, firstCatalogue) {
		t.Error("the embedded file is not written as it would be exported")
	}
	first := First()
	got, problems := ParseCatalogue(first.Version, first.Effective, File{Name: "c.csv", Content: bytes.NewReader(content)})
	if len(problems) > 0 {
		t.Fatal(problemLines(problems))
	}
	if diff := cmp.Diff(first, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCompareCatalogues(t *testing.T) {
	next := First()
	next.Services[0].Operations = []string{"Configuración", "Baja"}
	next.Services = append(next.Services[:10], append([]Service{{ID: "web-vpn", Type: "Acceso", Name: "VPN web", Operations: []string{"Alta"}, Flow: "8.4", Kind: desk.Requirement}}, next.Services[11:]...)...)
	var got []string
	for _, c := range CompareCatalogues(First(), next) {
		got = append(got, c.String())
	}
	want := []string{"- service internet-dedicated", "~ service access-network: operations «Configuración» → «Configuración|Baja»", "+ service web-vpn: type «Acceso»; name «VPN web»; operations «Alta»; flow «8.4»; kind «requerimiento»"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

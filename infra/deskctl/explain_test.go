package main

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mesa/shared/intake"
	"mesa/shared/mail"
)

const asking = "From ana@qw.gob.pe Mon Sep 14 09:30:00 2026\nFrom: Ana Rojas <ana@qw.gob.pe>\nTo: soporte.usuario@qw.gob.pe\nSubject: No imprime\nContent-Type: multipart/mixed; boundary=b\n\n" +
	"--b\n\nNo imprime.\n--b\nContent-Type: text/csv; name=a.csv\n\n1;2\n--b--\n"

func TestExplainSaysRuleByRuleWhatTheDeskWouldDo(t *testing.T) {
	code, out, errOut := runAlone(t, "mail", "explain", mustWrite(t, "a.eml", asking), "--recipient", "soporte.usuario@qw.gob.pe")
	want := `De                                                     Ana Rojas <ana@qw.gob.pe>
Para                                                   soporte.usuario@qw.gob.pe
Recibido en                                            soporte.usuario@qw.gob.pe
Asunto                                                 No imprime
Adjuntos                                               a.csv (3 bytes)
Responde a                                             —
Se supone                                              remitente del directorio; dmarc=PASS dkim=PASS spf=PASS spam=PASS virus=PASS

 1. Es un aviso de configuración del servicio de correo  no
 2. Tiene un virus                                       no
`
	if code != 0 || errOut != "" || !strings.HasPrefix(normal(out), normal(want)) {
		t.Errorf("exits with %d, complains %q, prints\n%s", code, errOut, out)
	}
	for _, part := range []string{"SÍ: persona conocida; el dominio qw.gob.pe lo confirma (DMARC PASS)", "se abre un caso (ticket)", "la persona del directorio que tiene esa dirección", "el acuse con el número del caso"} {
		if !strings.Contains(out, part) {
			t.Errorf("it does not say %q:\n%s", part, out)
		}
	}
}

// normal takes the widths of columns out of a table.
func normal(table string) string {
	var lines []string
	for line := range strings.Lines(table) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return strings.Join(lines, "\n")
}

func TestExplainTriesOtherCircumstances(t *testing.T) {
	reply := strings.Replace(asking, "No imprime\n", "RE: [PAU 2026-004217] No imprime\n", 1)
	tests := map[string]struct {
		raw  string
		args []string
		want []string
	}{
		"a spoofed sender":               {asking, []string{"--verdicts", "dmarc=FAIL,spf=FAIL"}, []string{"se abre un caso", "lo desmiente (DMARC FAIL)", "«sin verificar»", "Respuesta ninguna"}},
		"a virus":                        {asking, []string{"--verdicts=virus=FAIL"}, []string{"2. Tiene un virus SÍ:", "Correos en espera"}},
		"a stranger":                     {asking, []string{"--from-known=false"}, []string{"remitente que no está en el directorio", "Correos en espera", "está en espera, una vez al día"}},
		"a stranger, the other spelling": {asking, []string{"--no-from-known", "--verdicts", "dmarc=GRAY"}, []string{"remitente desconocido y sin verificar"}},
		"our own domain without policy":  {asking, []string{"--verdicts", "dmarc=GRAY", "--own-domain", "qw.gob.pe", "--signed-by", "qw.gob.pe"}, []string{"DKIM alineado", "firmado por qw.gob.pe"}},
		"another's signature":            {asking, []string{"--verdicts", "dmarc=GRAY", "--own-domain", "qw.gob.pe", "--signed-by", "example.org"}, []string{"DKIM sin alinear", "«sin verificar»"}},
		"the desk's own address":         {asking, []string{"--address", "ANA@qw.gob.pe"}, []string{"Lo envió la propia mesa SÍ:", "(drop)"}},
		"a reply of a participant":       {reply, nil, []string{"se agrega a su caso como comentario", "quien escribe participa del caso 2026-004217"}},
		"a reply of somebody else":       {reply, []string{"--no-belongs"}, []string{"Correos en espera", "del que no participa"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			code, out, errOut := runAlone(t, append([]string{"mail", "explain", mustWrite(t, "a.eml", tt.raw)}, tt.args...)...)
			for _, part := range tt.want {
				if code != 0 || errOut != "" || !strings.Contains(normal(out), part) {
					t.Errorf("exits with %d, complains %q, does not say %q:\n%s", code, errOut, part, out)
				}
			}
		})
	}
}

func TestExplainReadsStandardInput(t *testing.T) {
	code, out, errOut := runWith(t, asking, "mail", "explain", "-")
	if code != 0 || errOut != "" || !strings.Contains(out, "Ana Rojas <ana@qw.gob.pe>") {
		t.Errorf("exits with %d, complains %q, prints\n%s", code, errOut, out)
	}
	if code, _, errOut := runWith(t, strings.Repeat("x", intake.MaxRaw+1), "mail", "explain", "-"); code != 1 || !strings.Contains(errOut, "pasa de 42 MB") {
		t.Errorf("too large: exits with %d, complains %q", code, errOut)
	}
}

func TestExplainForPrograms(t *testing.T) {
	file := mustWrite(t, "a.eml", asking)
	code, out, errOut := runAlone(t, "mail", "explain", file, "--json", "--verdicts", "dmarc=FAIL")
	var got mail.Judgement
	if err := json.Unmarshal([]byte(out), &got); code != 0 || errOut != "" || err != nil {
		t.Fatalf("exits with %d, complains %q, %v:\n%s", code, errOut, err, out)
	}
	msg := mail.Parse([]byte(asking))
	receipt, known := mail.Suppose(&msg)
	receipt.Verdicts.DMARC = mail.Fail
	if diff := cmp.Diff(mail.Judge(&msg, receipt, known), got); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(out, `\u00`) {
		t.Errorf("letters are escaped:\n%s", out)
	}
}

// deskFacts is a desk that knows this.
type deskFacts struct {
	known mail.Known
	err   error
}

func (d deskFacts) Facts(context.Context, *mail.Message, mail.Receipt) (mail.Known, error) {
	return d.known, d.err
}

func TestExplainAsksTheDesk(t *testing.T) {
	msg := mail.Parse([]byte(asking))
	candidate := mail.Candidate{Ticket: "01J8", By: mail.ByID, Belongs: true}
	at := deskFacts{known: mail.Known{Person: "ana", Addresses: []string{"mesa@qw.gob.pe"}, Domains: []string{"qw.gob.pe"}, Seen: mail.SeenMail, SeenTicket: "01J8", Candidates: []mail.Candidate{candidate}}}
	got, err := mailExplainCmd{FromKnown: true, Belongs: true, Address: []string{"otra@qw.gob.pe"}, OwnDomain: []string{"otra.pe"}}.ask(t.Context(), at, &msg, mail.Receipt{})
	want := mail.Known{Person: "ana", Addresses: []string{"mesa@qw.gob.pe", "otra@qw.gob.pe"}, Domains: []string{"qw.gob.pe", "otra.pe"}, Candidates: []mail.Candidate{candidate}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	for name, e := range map[string]mailExplainCmd{"not known": {Belongs: true}, "not of the case": {FromKnown: true}} {
		got, _ := e.ask(t.Context(), at, &msg, mail.Receipt{})
		if got.Candidates[0].Belongs || (got.Person != "") != e.FromKnown {
			t.Errorf("%s: %+v", name, got)
		}
		at.known.Candidates = []mail.Candidate{candidate}
	}
	at.err = errors.New("throttled")
	if _, err := (mailExplainCmd{}).ask(t.Context(), at, &msg, mail.Receipt{}); err == nil || !strings.Contains(err.Error(), "preguntar a la mesa") {
		t.Errorf("got %v", err)
	}
}

package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	deskword "mesa/shared/desk"
	"mesa/shared/desktest"
	"mesa/shared/edition"
)

// secondVersion is a command that can be carried out.
func secondVersion(t *testing.T) procedurePublishCmd {
	t.Helper()
	return procedurePublishCmd{Version: "02", Approved: "RDE N° D000200-2026, 28/09/2026", From: "2026-10-01", By: "admin", Reason: "Evaluación periódica (7.1).", Guide: "https://www.gob.pe/guia.pdf",
		Changes: mustWrite(t, "cambios.txt", "Se agrega un servicio.\n\nCambia un plazo.\n")}
}

func TestAVersionIsPublishedAndShown(t *testing.T) {
	b := desktest.NewBench(t)
	show := func() string {
		t.Helper()
		var out bytes.Buffer
		if err := showProcedure(t.Context(), b.Store, b.Time(), &out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if got := show(); got != "PRO-044-PNAEQW-UTI: rige la versión 01, aprobada por Resolución de Dirección Ejecutiva N° D000182-2021-MIDIS/PNAEQW-DE, 15/07/2021.\n" {
		t.Errorf("before: %s", got)
	}
	var out bytes.Buffer
	if err := secondVersion(t).publish(t.Context(), b.Store, b.Time(), &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "versión 02, rige desde el 01/10/2026 00:00") {
		t.Errorf("it says %s", out.String())
	}
	coming := show()
	for _, want := range []string{"rige la versión 01", "\nVersión 02, rige desde el 01/10/2026 00:00. RDE N° D000200-2026, 28/09/2026.\n", "Publicada el 15/09/2026 09:00 por admin: Evaluación periódica (7.1).\n",
		"  + Se agrega un servicio.\n  + Cambia un plazo.\n", "  Guía: https://www.gob.pe/guia.pdf\n", "Aviso: empieza en el próximo minuto"} {
		if !strings.Contains(coming, want) {
			t.Errorf("it does not show %q:\n%s", want, coming)
		}
	}
	teller := &edition.Teller{Store: b.Store, Now: b.Now}
	for _, want := range []string{"Aviso: ordenado a 100 personas; sigue", "Aviso: ordenado a 200 personas; sigue", "personas, completo el 15/09/2026 09:00."} {
		if _, err := teller.Tell(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := show(); !strings.Contains(got, want) {
			t.Errorf("it does not show %q:\n%s", want, got)
		}
	}
	b.SetTime(time.Date(2026, time.October, 1, 0, 0, 0, 0, deskword.Lima))
	if got := show(); !strings.Contains(got, "rige la versión 02, aprobada por RDE N° D000200-2026, 28/09/2026.\n") {
		t.Errorf("on its day: %s", got)
	}
}

func TestATrialShowsTheMailAndWritesNothing(t *testing.T) {
	b := desktest.NewBench(t)
	trial := secondVersion(t)
	trial.DryRun = true
	var out bytes.Buffer
	if err := trial.publish(t.Context(), b.Store, b.Time(), &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"No se publicó nada.", "El procedimiento cambió: versión 02", "en lugar de la 01", "Se agrega un servicio.", "jueves 1 de octubre de 2026"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("it does not show %q:\n%s", want, out.String())
		}
	}
	if kept, err := b.Store.Editions(t.Context(), b.Time()); err != nil || len(kept) != 0 {
		t.Errorf("it published %+v, %v", kept, err)
	}
}

func TestABadVersionIsRefusedWhole(t *testing.T) {
	tests := map[string]struct {
		edit func(*procedurePublishCmd)
		want string
	}{
		"two mistakes at once": {func(p *procedurePublishCmd) { p.Version, p.By = "01", "nadie" },
			"no se publicó nada; corrija:\n--version: La versión 01 ya existe: una versión publicada no cambia, use otro número.\n--by: Escriba el código de una persona vigente del directorio."},
		"a day that has begun": {func(p *procedurePublishCmd) { p.From = "2026-09-15" }, "--from: 2026-09-15 ya empezó"},
		"no day at all":        {func(p *procedurePublishCmd) { p.From = "pronto" }, "--from: «pronto» no es una fecha"},
		"a trial of nonsense":  {func(p *procedurePublishCmd) { p.DryRun, p.Guide = true, "gob.pe" }, "--guide: Escriba una dirección completa"},
		"no file":              {func(p *procedurePublishCmd) { p.Changes += ".no" }, "no such file"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			b := desktest.NewBench(t)
			p := secondVersion(t)
			tt.edit(&p)
			err := p.publish(t.Context(), b.Store, b.Time(), &bytes.Buffer{})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			if kept, _ := b.Store.Editions(t.Context(), b.Time()); len(kept) != 0 {
				t.Errorf("half published: %+v", kept)
			}
		})
	}
}

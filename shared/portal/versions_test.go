package portal_test

import (
	"net/http"
	"testing"
	"time"

	"mesa/shared/desk"
	"mesa/shared/edition"
)

// publish publishes a version that rules from a day of October on.
func (s *site) publish(version string, day int, change string) {
	s.T.Helper()
	_, err := edition.Publish(s.T.Context(), s.Store, desk.Edition{Version: version, Approved: "Resolución de ejemplo " + version, From: october(day), Changes: change + "\nOtro cambio.",
		Guide: "https://www.example.gob.pe/guia-" + version + ".pdf", By: "admin", Reason: "Evaluación periódica"}, s.Time())
	if err != nil {
		s.T.Fatal(err)
	}
}

func october(day int) time.Time { return time.Date(2026, time.October, day, 0, 0, 0, 0, desk.Lima) }

// TestEachPageShowsTheVersionInForce: help says what changed, and what is coming,
// before its day and after it (R1, R5, R8).
func TestEachPageShowsTheVersionInForce(t *testing.T) {
	s := newSite(t)
	b := s.as(t, "usuaria-ut-piura-1")
	b.get("/").lacks(t, "versión 02")
	b.get("/help").lacks(t, "Qué cambi")
	s.publish("02", 15, "Se agrega un servicio.")
	coming := b.get("/help")
	coming.want(t, http.StatusOK, "Qué cambia con la versión 02, desde el 15/10/2026", "Se agrega un servicio.", "Otro cambio.", "Rige desde el 15/10/2026. Aprobada por Resolución de ejemplo 02.", "Leer el texto aprobado", "PRO-044-PNAEQW-UTI, Versión N° 01")
	coming.lacks(t, "Qué cambió")
	b.get("/procedure").lacks(t, "Los numerales que citan")
	b.get("/").want(t, http.StatusOK, "Desde el 15/10/2026 rige la versión 02 del procedimiento: qué cambia")
	b.get("/procedure/text").want(t, http.StatusOK, "Versión N° 01. Aprobado por Resolución de Dirección Ejecutiva")

	s.SetTime(october(15))
	b = s.as(t, "usuaria-ut-piura-1")
	s.publish("03", 30, "Cambia un plazo.")
	b.get("/help").want(t, http.StatusOK, "Qué cambió en la versión 02", "Qué cambia con la versión 03, desde el 30/10/2026", "Cambia un plazo.", "PRO-044-PNAEQW-UTI, Versión N° 02")
	b.get("/").want(t, http.StatusOK, "Rige la versión 02 del procedimiento desde el 15/10/2026: qué cambió", "Desde el 30/10/2026 rige la versión 03")
	for _, path := range []string{"/procedure", "/forms/annex-02", "/approvals"} {
		b.get(path).want(t, http.StatusOK, "Versión N° 02")
	}
	b.get("/procedure").want(t, http.StatusOK, "Los numerales que citan son los del texto de la versión 01. Ver qué cambió")
	text := b.get("/procedure/text")
	text.want(t, http.StatusOK, "Versión N° 01. Este es el texto de una versión anterior: desde el 15/10/2026 rige la versión 02. Ver qué cambió · Leer el texto aprobado")
	text.lacks(t, "Aprobado por")

	over := october(30).AddDate(0, 0, 30)
	s.SetTime(over.Add(-time.Second))
	s.as(t, "usuaria-ut-piura-1").get("/").want(t, http.StatusOK, "Rige la versión 03 del procedimiento")
	s.SetTime(over)
	s.as(t, "usuaria-ut-piura-1").get("/").lacks(t, "versión 0")
}

// TestAPastMonthKeepsItsVersion: the form of a month is that of its last day.
func TestAPastMonthKeepsItsVersion(t *testing.T) {
	s := newSite(t)
	renamed := desk.PNAEQW()
	renamed.Programme = "Programa de Ejemplo"
	if err := s.Store.SetInstitution(t.Context(), renamed, october(2)); err != nil {
		t.Fatal(err)
	}
	s.publish("02", 15, "Se agrega un servicio.")
	form := func(month, version, programme string) {
		t.Helper()
		s.as(t, "especialista-mesa").get("/register/SC/"+month).want(t, http.StatusOK, programme+" PRO-044-PNAEQW-UTI-FOR-0001 Versión N° "+version)
	}
	old := desk.PNAEQW().Programme
	form("2026-09", "01", old)
	s.SetTime(october(14))
	form("2026-10", "01", renamed.Programme) // not yet, though the month will end under it
	s.SetTime(october(15))
	form("2026-10", "02", renamed.Programme)
	form("2026-09", "01", old)
	s.SetTime(october(40))
	form("2026-10", "02", renamed.Programme)
	form("2026-09", "01", old)
}

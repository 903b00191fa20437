package main

import (
	"encoding/base64"
	"strings"
	"testing"

	"mesa/shared/desktest"
)

func TestExplainTellsWhatIsReadOfAnAttachedAnexo02(t *testing.T) {
	form, err := desktest.FilledAnnex(map[string]any{"Solicitante": "Rosa Quispe", "Fecha_01": "17/09/2026", "De_01": "a las nueve", "A_01": "11:00"})
	if err != nil {
		t.Fatal(err)
	}
	raw := "From: ana@qw.gob.pe\nDate: Tue, 15 Sep 2026 09:10:00 -0500\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nAdjunto.\n--b\nContent-Type: application/octet-stream; name=formato.xlsx\nContent-Transfer-Encoding: base64\n\n" +
		base64.StdEncoding.EncodeToString(form) + "\n--b--\n"
	code, out, errOut := runAlone(t, "mail", "explain", mustWrite(t, "a.eml", raw))
	for _, part := range []string{"«formato.xlsx»: 3 datos, leído del Anexo 02 adjunto, por confirmar", "schedule.1.date", "2026-09-17", "sin leer", "no se entiende la hora de inicio, «a las nueve»"} {
		if !strings.Contains(out, part) {
			t.Errorf("exits with %d, complains %q, does not say %q:\n%s", code, errOut, part, out)
		}
	}
}

package mail

import "testing"

func TestTextSignedInTheClearIsReadWithoutItsArmour(t *testing.T) {
	const begin, hash, signature = "-----BEGIN PGP SIGNED MESSAGE-----\n", "Hash: SHA256\n\n", "-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\n"
	for text, want := range map[string]string{
		begin + hash + "Hola\n" + signature:                         "Hola",
		begin + "\nHola\n" + signature:                              "Hola",
		begin + hash + "- - uno\n- -- dos\n" + signature:            "- uno\n-- dos",
		"Antes\n" + begin + hash + "Hola\n" + signature + "Después": "Antes\nHola\nDespués",
		begin + hash + "APROBADO\n\nEl lun, 14 sept 2026 a las 9:30, Mesa <a@b> escribió:\n> Hola\n" + signature: "APROBADO",
		begin + hash + "Hola\n":                       begin + hash + "Hola",
		"cita " + begin + hash + "Hola\n" + signature: "cita " + begin + hash + "Hola\n" + signature[:len(signature)-1],
		"Sin firma": "Sin firma",
	} {
		if got := newTextOf(text, false); got != want {
			t.Errorf("%q reads as %q, want %q", text, got, want)
		}
	}
}

package web

func suppressedSamples() []sample {
	long := SuppressedAddress{Address: "una.direccion.muy.larga.que.no.cabe.en.una.pantalla@servidor.externo.example.com", Href: "/x", Since: at(9, 0),
		Why: "Lo marcó como correo no deseado.", Message: "Correo en espera"}
	wrong := Filled{Errors: map[string]string{"reason": Say("suppressed.error.reason")}}
	return []sample{
		{"suppressed", staff("/admin/suppressed-addresses"), Suppressed{Rows: []SuppressedAddress{suppressedAddress(), long}, More: true}},
		{"suppressed-none", chief("/admin/suppressed-addresses"), Suppressed{}},
		{"suppressedaddress", staff("/admin/suppressed-addresses/abc"), SuppressedPage{SuppressedAddress: suppressedAddress(), Said: "smtp; 550 5.1.1 user unknown",
			Reopen: ReopenForm("/admin/suppressed-addresses/abc", wrong)}},
	}
}

func suppressedAddress() SuppressedAddress {
	return SuppressedAddress{Address: "usuaria1@qw.gob.pe", Href: "/admin/suppressed-addresses/abc", Person: "Usuaria/o de ejemplo 1", Since: at(10, 0),
		Why: "La dirección no existe o ya no recibe correos (5.1.1).", Message: "Lo actuado y cierre", Number: "2026-004512", Case: "/tickets/2026-004512",
		Again: "Se volvió a usar el 01/09/2026 (Personal de soporte 1): se corrigió el buzón."}
}

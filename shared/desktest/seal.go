package desktest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"mesa/shared/desk"
)

// Seal stands in for the key service: what it seals does not hold the plain text
// and opens only for the place it was sealed for. It is no encryption.
type Seal struct{ Err error }

// Seal turns every bit of plain and writes for whom it is.
func (s Seal) Seal(_ context.Context, plain []byte, about map[string]string) ([]byte, error) {
	if s.Err != nil {
		return nil, s.Err
	}
	return append([]byte(place(about)), flipped(plain)...), nil
}

// Open gives back what Seal sealed for exactly this place.
func (s Seal) Open(_ context.Context, sealed []byte, about map[string]string) ([]byte, error) {
	if s.Err != nil {
		return nil, s.Err
	}
	plain, ok := bytes.CutPrefix(sealed, []byte(place(about)))
	if !ok {
		return nil, errors.New("sealed for another place")
	}
	return flipped(plain), nil
}

func place(about map[string]string) string {
	text := ""
	for _, k := range slices.Sorted(maps.Keys(about)) {
		text += fmt.Sprintf("%s=%s;", k, about[k])
	}
	return text
}

func flipped(s []byte) []byte {
	out := make([]byte, len(s))
	for i, c := range s {
		out[i] = ^c
	}
	return out
}

// Password keeps the rule of R103; the tests look for it everywhere.
const Password = "Temporal-9xQz"

// Papered84 posts a form of 8.4 at headquarters and attaches its two files.
func (b *Bench) Papered84() desk.TicketID {
	b.T.Helper()
	const who = "usuaria-administracion-1"
	id := b.Do(who, desk.ActOpen, "", "service", "access-siga", "subject", "Acceso al SIGA", "description", "Para logística.",
		"sgd_document", "Memorando D000123-2026").After.Ticket.ID
	for _, purpose := range []desk.Purpose{desk.AccessForm, desk.CommitmentAnnex} {
		act := b.Act(who, desk.ActAttach, id, "purpose", string(purpose))
		act.Version, act.Files = 0, []desk.Attachment{{Name: "papel.pdf", Type: "application/pdf", Bytes: 3, SHA256: "ab", Key: "files/" + string(purpose)}}
		if _, err := b.Road.Perform(b.T.Context(), act); err != nil {
			b.T.Fatalf("attach %s: %v", purpose, err)
		}
	}
	return id
}

// Created84 is in the hands of soporte-1, who owes the credentials.
func (b *Bench) Created84() desk.TicketID {
	b.T.Helper()
	id := b.Papered84()
	b.Do("especialista-mesa", desk.ActDerive, id, "proveido", "PROVEIDO 000456-2026", "proveido_date", "2026-09-15", "person", "soporte-1")
	b.Do("soporte-1", desk.ActTake, id)
	b.Do("soporte-1", desk.ActCreateAccess, id, "message", "SIGA, perfil de consulta.", "credentials", "yes")
	return id
}

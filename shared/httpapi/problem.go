package httpapi

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/lambdaio"
)

// The failures that only an edge has, in the manner of the desk's codes.
const (
	unauthenticated desk.Code = "unauthenticated"
	badMethod       desk.Code = "bad-method"
	tooLarge        desk.Code = "too-large"
	badType         desk.Code = "bad-type"
	internal        desk.Code = "internal"
)

// kind is one code as HTTP says it.
type kind struct {
	code   desk.Code
	status int
	title  string
}

// kinds is the one table between codes and statuses, read both ways: of two
// codes with one status the first is what the status means.
func kinds() []kind {
	return []kind{
		{desk.Invalid, http.StatusBadRequest, "Hay datos por corregir"},
		{unauthenticated, http.StatusUnauthorized, "Falta identificarse"},
		{desk.Forbidden, http.StatusForbidden, "No le corresponde esta acción"},
		{desk.NotFound, http.StatusNotFound, "No encontrado"},
		{badMethod, http.StatusMethodNotAllowed, "Método no admitido"},
		{desk.Refused, http.StatusConflict, "El procedimiento no lo permite ahora"},
		{desk.Stale, http.StatusConflict, "El caso cambió"},
		{tooLarge, http.StatusRequestEntityTooLarge, "Envío demasiado grande"},
		{badType, http.StatusUnsupportedMediaType, "Tipo de contenido no admitido"},
		{desk.Repeated, http.StatusUnprocessableEntity, "Clave de idempotencia ya usada"},
		{internal, http.StatusInternalServerError, "Algo falló"},
		{desk.Busy, http.StatusServiceUnavailable, "Mucha demanda"},
	}
}

// StatusOf is the HTTP status of a code; what is no code is internal.
func StatusOf(code desk.Code) int { return kindOf(code).status }

// CodeOf is the code that a status of this API means, "" if it means none.
func CodeOf(status int) desk.Code {
	for _, k := range kinds() {
		if k.status == status {
			return k.code
		}
	}
	return ""
}

func kindOf(code desk.Code) kind {
	for _, k := range kinds() {
		if k.code == code {
			return k
		}
	}
	return kindOf(internal)
}

// problem is the body of every failure: RFC 9457, Spanish for people, code for
// programs.
type problem struct {
	Type      string       `json:"type"`
	Title     string       `json:"title"`
	Status    int          `json:"status"`
	Detail    string       `json:"detail"`
	Code      desk.Code    `json:"code"`
	Clause    string       `json:"clause,omitempty"`    // of the norm, when it is the reason
	Errors    []fieldError `json:"errors,omitempty"`    // each place to mend
	Reference string       `json:"reference,omitempty"` // finds the log line of an internal error
	Version   int          `json:"version,omitempty"`   // stale: where the ticket stands
	Changes   []change     `json:"changes,omitempty"`   // stale: what happened since
}

// fieldError is one place to mend: in the body a JSON pointer as RFC 9457 writes
// it, else the name of a query parameter or header.
type fieldError struct {
	Pointer   string `json:"pointer,omitempty"`
	Parameter string `json:"parameter,omitempty"`
	Header    string `json:"header,omitempty"`
	Detail    string `json:"detail"`
}

// Places of input in a desk.FieldProblem: a bare name is a field of the body.
const (
	inQuery  = "query "
	inHeader = "header "
	inBody   = "#/"
)

// fail writes err as a problem; an error without a code is logged, once.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err)
	if p.Code == internal {
		p.Reference = reference(r)
		slog.ErrorContext(r.Context(), "request failed", "reference", p.Reference, "method", r.Method, "error", err.Error())
	}
	switch p.Code {
	case desk.Busy:
		w.Header().Set("Retry-After", "2")
	case unauthenticated:
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
	default:
	}
	write(w, r, "application/problem+json", p.Status, p)
}

// problemOf says an error in the API's words; nothing internal gets through.
func problemOf(err error) problem {
	code := desk.CodeOf(err)
	k := kindOf(code)
	p := problem{Type: "urn:mesa:problem:" + string(k.code), Title: k.title, Status: k.status, Code: k.code,
		Detail: "No pudimos completar el pedido. Intente otra vez; si se repite, avise a mesa de ayuda con esta referencia."}
	cause, ok := errors.AsType[*desk.Problem](err)
	if !ok || k.code == internal {
		return p
	}
	p.Detail, p.Clause = cause.Text, cause.Clause
	for _, f := range cause.Fields {
		p.Errors = append(p.Errors, place(f))
	}
	if stale, ok := errors.AsType[*staleError](err); ok {
		p.Version, p.Changes = stale.version, stale.changes
	}
	return p
}

func place(f desk.FieldProblem) fieldError {
	if name, ok := strings.CutPrefix(f.Field, inQuery); ok {
		return fieldError{Parameter: name, Detail: f.Text}
	}
	if name, ok := strings.CutPrefix(f.Field, inHeader); ok {
		return fieldError{Header: name, Detail: f.Text}
	}
	if strings.HasPrefix(f.Field, inBody) || f.Field == "#" {
		return fieldError{Pointer: f.Field, Detail: f.Text}
	}
	return fieldError{Pointer: inBody + pointerOf(f.Field), Detail: f.Text}
}

// under moves the fields that an error names below a place of the body.
func under(err error, at string) error {
	p, ok := errors.AsType[*desk.Problem](err)
	if !ok || len(p.Fields) == 0 {
		return err
	}
	moved := *p
	moved.Fields = nil
	for _, f := range p.Fields {
		f.Field = at + "/" + pointerOf(f.Field)
		moved.Fields = append(moved.Fields, f)
	}
	return &moved
}

// escape is a name as part of a JSON pointer: RFC 6901.
func escape(name string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

// reference names this request in the log: the gateway's id for it.
func reference(r *http.Request) string {
	event, _ := lambdaio.EventOf(r.Context())
	return event.RequestContext.RequestID
}

// write sends one JSON document. Answers are about persons: no cache keeps them.
func write(w http.ResponseWriter, r *http.Request, contentType string, status int, body any) {
	data, err := json.Marshal(body)
	if err != nil {
		slog.ErrorContext(r.Context(), "answer not written", "reference", reference(r), "error", err.Error())
		status, data = http.StatusInternalServerError, nil
	}
	h := w.Header()
	h.Set("Content-Type", contentType+"; charset=utf-8")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	}
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	if _, err := w.Write(data); err != nil {
		slog.WarnContext(r.Context(), "caller is gone", "error", err.Error())
	}
}

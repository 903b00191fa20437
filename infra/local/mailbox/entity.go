package mailbox

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"
)

// base64Line is the longest encoded line RFC 2045 allows.
const base64Line = 76

// entity is a MIME entity: its content headers and its encoded body.
type entity struct {
	header textproto.MIMEHeader
	body   []byte
}

// entityOf encodes bodies and files: one body alone, two as alternatives, and
// either inside multipart/mixed when there are files.
func entityOf(id string, simple Simple) (entity, error) {
	content, err := bodies(id, simple)
	if err != nil || len(simple.Attachments) == 0 {
		return content, err
	}
	parts := []entity{content}
	for _, file := range simple.Attachments {
		parts = append(parts, attachment(file))
	}
	return multiple("mixed", id, parts)
}

func bodies(id string, simple Simple) (entity, error) {
	text, html := simple.Body.Text.Data, simple.Body.Html.Data
	if html == "" {
		return quoted("text/plain", text)
	}
	rich, err := quoted("text/html", html)
	if err != nil || text == "" {
		return rich, err
	}
	plain, err := quoted("text/plain", text)
	if err != nil {
		return entity{}, err
	}
	return multiple("alternative", id, []entity{plain, rich})
}

func quoted(kind, content string) (entity, error) {
	var body bytes.Buffer
	writer := quotedprintable.NewWriter(&body)
	if _, err := io.WriteString(writer, content); err != nil {
		return entity{}, err
	}
	if err := writer.Close(); err != nil {
		return entity{}, err
	}
	header := textproto.MIMEHeader{}
	header.Set("Content-Type", kind+"; charset=utf-8")
	header.Set("Content-Transfer-Encoding", "quoted-printable")
	return entity{header, body.Bytes()}, nil
}

func multiple(subtype, id string, parts []entity) (entity, error) {
	var body bytes.Buffer
	writer := multipart.NewWriter(&body)
	if err := writer.SetBoundary(subtype + "_" + id); err != nil {
		return entity{}, err
	}
	for _, part := range parts {
		section, err := writer.CreatePart(part.header)
		if err != nil {
			return entity{}, err
		}
		if _, err := section.Write(part.body); err != nil {
			return entity{}, err
		}
	}
	if err := writer.Close(); err != nil {
		return entity{}, err
	}
	header := textproto.MIMEHeader{}
	header.Set("Content-Type", mime.FormatMediaType("multipart/"+subtype, map[string]string{"boundary": writer.Boundary()}))
	return entity{header, body.Bytes()}, nil
}

func attachment(file Attachment) entity {
	header := textproto.MIMEHeader{}
	header.Set("Content-Type", cmp.Or(file.ContentType, "application/octet-stream"))
	header.Set("Content-Transfer-Encoding", "base64")
	disposition := cmp.Or(strings.ToLower(file.ContentDisposition), "attachment")
	header.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": file.FileName}))
	if file.ContentID != "" {
		header.Set("Content-Id", "<"+file.ContentID+">")
	}
	var body bytes.Buffer
	encoded := base64.StdEncoding.EncodeToString(file.RawContent)
	for len(encoded) > base64Line {
		body.WriteString(encoded[:base64Line] + "\r\n")
		encoded = encoded[base64Line:]
	}
	body.WriteString(encoded)
	return entity{header, body.Bytes()}
}

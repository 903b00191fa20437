package scenarios_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"mesa/infra/scenarios/rig"
)

// attach PERSON CASE [api|lost] purpose=… name=… text=… | bytes=N [says~…]: puts a
// file on a ticket, on the portal's page without script or by the API; with says,
// what the page then says. A lost file never reaches the storage.
func attach(ctx context.Context, p *play, words []string) error {
	s, err := parse(words)
	if err != nil || len(s.plain) < 2 {
		return errors.Join(err, errors.New("write: attach PERSON CASE [api] purpose=… name=… text=…"))
	}
	content := []byte(s.equal["text"])
	if n := s.equal["bytes"]; n != "" {
		size, err := strconv.Atoi(n)
		if err != nil {
			return err
		}
		content = make([]byte, size)
	}
	who, number := person(s.plain[0]), p.number(s.plain[1])
	put := p.desk.Attach
	switch {
	case len(s.plain) > 2 && s.plain[2] == "api":
		return p.desk.AttachAPI(ctx, who, number, s.equal["purpose"], s.equal["name"], content)
	case len(s.plain) > 2 && s.plain[2] == "lost":
		put = p.desk.Lose
	}
	page, err := put(ctx, who, number, s.equal["purpose"], s.equal["name"], content)
	if err != nil {
		return err
	}
	want := "Archivo adjuntado: " + s.equal["name"]
	if says, ok := s.part["says"]; ok {
		want = says
	}
	if !strings.Contains(page.Text, want) {
		return fmt.Errorf("the page (%d, %s) does not say «%s»: %.600s", page.Status, page.URL.Path, want, page.Text)
	}
	return nil
}

// expect [no] download PERSON CASE NAME [text=…] [purpose=…]: what a person gets
// who opens a file: these bytes, to be saved and never opened in the page (F42).
func expectDownload(ctx context.Context, p *play, words []string) error {
	words, no := none(words)
	s, err := parseN(words, 3, "expect [no] download PERSON CASE NAME text=…")
	if err != nil {
		return err
	}
	who, number := person(s.plain[0]), p.number(s.plain[1])
	files, err := p.desk.Files(ctx, who, number)
	if no && err == nil {
		for _, f := range files {
			if f.Name == s.plain[2] {
				return fmt.Errorf("%s sees %s", who, f.Name)
			}
		}
	}
	if no || err != nil {
		return err
	}
	for _, f := range files {
		if f.Name == s.plain[2] {
			return p.downloads(ctx, s, f, number)
		}
	}
	return fmt.Errorf("%s has no file %s for %s: %+v", number, s.plain[2], who, files)
}

func (p *play) downloads(ctx context.Context, s sentence, f rig.File, number string) error {
	content, header, err := p.desk.Download(ctx, person(s.plain[0]), number, f)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(content)
	var wrong []string
	for _, w := range []string{
		unlike("content", string(content), s.equal["text"]), unlike("purpose", f.Purpose, s.equal["purpose"]), unlike("bytes", f.Bytes, len(content)),
		unlike("SHA-256", f.SHA256, hex.EncodeToString(sum[:])), unlike("type", header.Get("Content-Type"), "application/octet-stream"),
	} {
		if w != "" {
			wrong = append(wrong, w)
		}
	}
	if got := header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment;") {
		wrong = append(wrong, "it opens: "+got)
	}
	if len(wrong) > 0 {
		return errors.New(strings.Join(wrong, "; "))
	}
	return nil
}

package scenarios_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// procedure publish FILE version=… from=day+1 by=PERSON reason=… [says~…] ·
// procedure refuse FILE … says~…: the operator publishes a version of the
// procedure; FILE says what changes. The desk believes the old one for a minute,
// so the clock moves past it.
func procedure(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 2, "procedure publish FILE version=… from=… approved=… by=… reason=… [says~…], or procedure refuse FILE … says~…")
	if err != nil {
		return err
	}
	path, forget, err := p.file(s.plain[1])
	if err != nil {
		return err
	}
	defer forget()
	args, err := p.flags(ctx, s)
	if err != nil {
		return err
	}
	said, err := p.desk.Deskctl(ctx, slices.Concat([]string{"procedure", "publish", "--changes=" + path}, args)...)
	if s.plain[0] == "refuse" {
		if err == nil {
			return fmt.Errorf("it was published: %s", said)
		}
		said, err = err.Error(), nil
	}
	if err == nil && !strings.Contains(said, s.part["says"]) {
		err = fmt.Errorf("deskctl said %q", said)
	}
	if err != nil || s.plain[0] == "refuse" {
		return err
	}
	return clock(ctx, p, []string{"advance", "2m"})
}

// flags are the name=value pairs of a sentence for deskctl, «day+1» as it writes
// days; «dry-run=yes» is a flag without value.
func (p *play) flags(ctx context.Context, s sentence) ([]string, error) {
	var args []string
	for name, value := range s.equal {
		if name == "dry-run" {
			args = append(args, "--dry-run")
			continue
		}
		if day, isDay, err := p.day(ctx, value); err != nil {
			return nil, err
		} else if isDay {
			value = day
		}
		args = append(args, "--"+name+"="+value)
	}
	slices.Sort(args)
	return args, nil
}

// file writes a file of the story where a command can read it.
func (p *play) file(name string) (path string, forget func(), err error) {
	folder, err := os.MkdirTemp("", "story")
	if err != nil {
		return "", nil, err
	}
	forget = func() { _ = os.RemoveAll(folder) }
	path = filepath.Join(folder, name)
	if err := os.WriteFile(path, []byte(p.read(name)), 0o600); err != nil {
		forget()
		return "", nil, err
	}
	return path, forget, nil
}

package scenarios_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// directory FILE…: imports tables with deskctl, each replacing its own; a file of
// the story, or «sample» for the sample's tables of the same names.
func directory(ctx context.Context, p *play, words []string) error {
	if len(words) == 0 {
		return errors.New("write: directory FILE… or directory sample FILE…")
	}
	args := []string{"directory", "import"}
	if words[0] == "sample" {
		for _, name := range words[1:] {
			args = append(args, filepath.Join("..", "sample", name))
		}
		_, err := p.desk.Deskctl(ctx, args...)
		return err
	}
	folder, err := os.MkdirTemp("", "directory")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	for _, name := range words {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(p.read(name)), 0o600); err != nil {
			return err
		}
		args = append(args, path)
	}
	_, err = p.desk.Deskctl(ctx, args...)
	return err
}

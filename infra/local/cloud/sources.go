package cloud

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// deployedFolders hold what a deployment is made of.
var deployedFolders = [...]string{"functions", "shared", "statemachines"}

// deployedFiles are the files beside those folders.
var deployedFiles = [...]string{"go.mod", "go.sum", "template.yaml", "infra/samconfig.toml"}

// Sources sums up everything that decides what a build and a deployment
// contain. Tests and documents do not count.
func Sources(root string) (string, error) {
	files := slices.Clone(deployedFiles[:])
	for _, folder := range deployedFolders {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			relative, err := filepath.Rel(root, path)
			if err == nil && counts(relative) {
				files = append(files, relative)
			}
			return err
		})
		if err != nil && !os.IsNotExist(err) {
			return "", err
		}
	}
	slices.Sort(files)
	sum := sha256.New()
	for _, file := range files {
		if err := addFile(sum, root, file); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func counts(path string) bool {
	return !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, ".md") && !strings.Contains(path, "testdata"+string(filepath.Separator))
}

func addFile(sum io.Writer, root, name string) error {
	content, err := os.ReadFile(filepath.Clean(filepath.Join(root, name)))
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	_, err = fmt.Fprintf(sum, "%s\x00%d\x00%s", name, len(content), content)
	return err
}

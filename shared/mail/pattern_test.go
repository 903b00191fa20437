package mail

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A pattern that does not compile would fail at its first use only, so each is
// compiled here; the files are read for those that this list lacks.
func TestEveryPatternCompiles(t *testing.T) {
	patterns := []func() *regexp.Regexp{
		aroundAt, replySubject, vacationProgram, listOwner, answeringAddress, autoSubject, autoWord, autoBefore, autoStart, autoEnd, awayName, awaySubject,
		readSubject, challenge, autoSentence, awaySentence, originalStart, addressInText, statusInText, statusCode, bounceSubject, plainSubject,
		bounceSentence, delaySubject, deliverSubject, daemonName, onlyDaemon, metaCharset, isoLabel, windowsLabel, dosLabel, utfLabel,
		dateComment, zoneName, charsetParam, enrichedTag, noReply, forwardMark, originalMark, groupWise, senderLabel, headerLabel, wrote, dated,
		ruler, introducing, phoneSignature, contact, imageMark, receivedBySES, uuBegin, yencBegin, word, closing,
	}
	for _, p := range patterns {
		if p().String() == "" {
			t.Error("a pattern is empty")
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	written := -1 // its own declaration
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		written += strings.Count(string(content), "lazily(")
		if name != "pattern.go" && strings.Contains(string(content), "regexp.MustCompile(") {
			t.Errorf("%s compiles a pattern at every start: use lazily", name)
		}
	}
	if written != len(patterns) {
		t.Errorf("%d patterns are written, %d are compiled here", written, len(patterns))
	}
}

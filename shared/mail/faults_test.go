package mail

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/rand"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// bounded runs a parse and fails when it takes more of the processor than a mail
// may (F25). The clock on the wall would measure what else the machine does.
func bounded(t *testing.T, raw []byte) Message {
	t.Helper()
	start := processor(t)
	m := Parse(raw)
	if took := processor(t) - start; took > 2*time.Second {
		t.Errorf("took %v of the processor", took)
	}
	return m
}

// processor is the time this process has spent computing.
func processor(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func TestF25DamagedSamplesAreStillDecidedOnce(t *testing.T) {
	random := rand.New(rand.NewSource(25))
	for _, s := range readSamples(t) {
		if len(s.raw) == 0 {
			continue
		}
		for range 10 {
			cut := s.raw[:random.Intn(len(s.raw))]
			checkInvariants(t, cut)
			flipped := bytes.Clone(s.raw)
			for range 1 + len(flipped)/100 {
				flipped[random.Intn(len(flipped))] ^= byte(1 + random.Intn(255))
			}
			checkInvariants(t, flipped)
		}
		if t.Failed() {
			t.Fatalf("damaged %s/%s", s.disease, s.name)
		}
	}
}

func TestF26NestingAThousandDeep(t *testing.T) {
	var raw strings.Builder
	raw.WriteString("From: a@b\r\nSubject: hondo\r\n")
	for i := range 1000 {
		fmt.Fprintf(&raw, "Content-Type: multipart/mixed; boundary=\"n%d\"\r\n\r\n--n%d\r\n", i, i)
	}
	raw.WriteString("Content-Type: text/plain\r\n\r\nfondo\r\n")
	m := bounded(t, []byte(raw.String()))
	if !m.has(NoteDepth) || m.Subject != "hondo" {
		t.Errorf("notes %v", m.Notes)
	}
}

func TestF26TenThousandParts(t *testing.T) {
	raw := "From: a@b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" +
		strings.Repeat("--b\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment\r\n\r\nx\r\n", 10_000) + "--b--\r\n"
	m := bounded(t, []byte(raw))
	if !m.has(NoteParts) || len(m.Attachments) != maxParts {
		t.Errorf("%d attachments, notes %v", len(m.Attachments), m.Notes)
	}
}

func TestF26HeaderOfAMegabyte(t *testing.T) {
	for name, header := range map[string]string{
		"one long field":   "X-Largo: " + strings.Repeat("a", 1<<20) + "\r\n",
		"one folded field": "X-Largo: a\r\n" + strings.Repeat(" aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", 30_000),
		"short folds":      "X-Largo: a\r\n" + strings.Repeat(" a\r\n", 200_000),
		"many fields":      strings.Repeat("X-Muchos: a\r\n", 80_000),
	} {
		const fields = "From: a@b\r\nSubject: largo\r\n"
		for place, raw := range map[string]string{"below": fields + header, "above": header + fields} {
			m := bounded(t, []byte(raw+"\r\nTexto"))
			if !m.has(NoteHeaderCut) || m.FullText != "Texto" || m.Subject != "largo" || m.From.Address != "a@b" {
				t.Errorf("%s, %s: notes %v, subject %q, text %.40q", name, place, m.Notes, m.Subject, m.FullText)
			}
		}
	}
}

func TestF26TenThousandAddresses(t *testing.T) {
	var list strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&list, "Persona %d <p%d@qw.gob.pe>,\r\n ", i, i)
	}
	m := bounded(t, []byte("From: a@b\r\nTo: "+list.String()+"z@qw.gob.pe\r\n\r\nTexto"))
	if len(m.To) != maxAddresses || !m.has(NoteAddressesCut) || m.FullText != "Texto" {
		t.Errorf("%d addresses, notes %v", len(m.To), m.Notes)
	}
}

func TestF27FiveThousandLinks(t *testing.T) {
	html := "<p>Hola</p>" + strings.Repeat(`<a href="https://example.org/">x</a> `, 5001)
	m := bounded(t, []byte("From: a@b\r\nContent-Type: text/html\r\n\r\n"+html))
	if m.HTML != "" || !m.has(NoteHTMLCut) || !strings.HasPrefix(m.FullText, "Hola") {
		t.Errorf("%d bytes of HTML, notes %v, text %.20q", len(m.HTML), m.Notes, m.FullText)
	}
}

// withFile is a mail with one attachment of so many bytes.
func withFile(size int) []byte {
	var raw bytes.Buffer
	raw.WriteString("From: a@b\r\nSubject: grande\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nVea el adjunto.\r\n" +
		"--b\r\nContent-Type: application/octet-stream; name=\"grande.bin\"\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	line := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0x5a}, 57)) + "\r\n"
	for range size / 57 {
		raw.WriteString(line)
	}
	raw.WriteString("--b--\r\n")
	return raw.Bytes()
}

func TestF28AMailOfFortyMegabytesFitsTheFunction(t *testing.T) {
	raw := withFile(29 << 20) // 39.7 MB on the wire
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	m := bounded(t, raw)
	runtime.ReadMemStats(&after)
	if len(m.Attachments) != 1 || m.Attachments[0].Size != (29<<20)/57*57 || m.FullText != "Vea el adjunto." {
		t.Errorf("attachments %d, text %q", len(m.Attachments), m.FullText)
	}
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 100 {
		t.Errorf("allocated %d MB", used)
	}
}

func TestF28AnEmptyFileIsAFile(t *testing.T) {
	m := Parse(withFile(0))
	if len(m.Attachments) != 1 || m.Attachments[0].Size != 0 || m.Attachments[0].Name != "grande.bin" {
		t.Errorf("attachments %+v", m.Attachments)
	}
}

func TestALongTextIsCutAndSaysSo(t *testing.T) {
	m := bounded(t, []byte("From: a@b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"+strings.Repeat("añ ", 1<<20)))
	if len(m.FullText) > maxTextBytes || !m.has(NoteTextCut) {
		t.Errorf("%d bytes, notes %v", len(m.FullText), m.Notes)
	}
}

func TestPathologicalTextsTakeNoTime(t *testing.T) {
	for name, body := range map[string]string{
		"quotes":       strings.Repeat("> ", 100_000),
		"colons":       strings.Repeat("El 1 a las 2 escribió\n", 20_000),
		"rulers":       strings.Repeat("_", 200_000),
		"rulers apart": strings.Repeat("__________\n", 20_000),
		"senders":      strings.Repeat("De: a\n", 40_000),
		"dashes":       strings.Repeat("-- \n", 50_000),
		"at signs":     strings.Repeat("a@", 100_000),
		"tags":         strings.Repeat("<div>", 50_000),
		"angle":        strings.Repeat("<", 200_000),
		"uuencode":     strings.Repeat("begin 644 a\n", 10_000),
		"flowing":      strings.Repeat("a \n", 80_000),
		"parameters":   strings.Repeat("<param>", 40_000),
	} {
		for _, kind := range []string{"text/plain", "text/plain; format=flowed", "text/html", "text/enriched"} {
			t.Run(name+" as "+kind, func(t *testing.T) {
				bounded(t, []byte("From: mailer-daemon@b\r\nSubject: x\r\nContent-Type: "+kind+"\r\n\r\n"+body))
			})
		}
	}
	bounded(t, []byte("From: "+strings.Repeat("=?utf-8?Q?a?= ", 4000)+"\r\nTo: "+strings.Repeat("\"", 60_000)+"\r\nSubject: "+strings.Repeat("=?utf-8?B?", 6000)+"\r\n\r\n"))
}

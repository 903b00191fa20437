package mail

import (
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkParseSamples reads and judges every sample. The median is of single
// mails; mails/s is what one core does.
func BenchmarkParseSamples(b *testing.B) {
	samples := readSamples(b)
	var took []time.Duration
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range samples {
			start := time.Now()
			m := Parse(s.raw)
			judgeSample(&m)
			took = append(took, time.Since(start))
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1000, "median-µs/mail")
	b.ReportMetric(float64(b.N*len(samples))/b.Elapsed().Seconds(), "mails/s")
}

func BenchmarkParseOffice(b *testing.B) {
	// The usual mail of an office: text and HTML of some 20 kB and a file of 100 kB.
	html := strings.Repeat(`<p class="MsoNormal">La impresora del segundo piso no imprime.<o:p></o:p></p>`, 250)
	raw := []byte("From: a@qw.gob.pe\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n" +
		"--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + strings.Repeat("La impresora no imprime.\r\n", 250) +
		"--a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html + "\r\n--a--\r\n" +
		"--m\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + strings.Repeat(strings.Repeat("QUJD", 19)+"\r\n", 1750) + "--m--\r\n")
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		Parse(raw)
	}
}

func BenchmarkParseFortyMegabytes(b *testing.B) {
	raw := withFile(29 << 20)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(raw)
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	b.ReportMetric(float64(memory.Sys>>20), "MB-of-system")
}

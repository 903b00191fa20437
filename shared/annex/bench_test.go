package annex_test

import (
	"testing"

	"mesa/shared/annex"
)

// A filled form costs a mail some milliseconds, and nothing a mail without one.
func BenchmarkRead(b *testing.B) {
	for name, data := range map[string][]byte{"xlsx": officialBook(b).bytes(), "docx": wordForm(b), "pdf": filledPDF()} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := annex.Read(data, at); !ok {
					b.Fatal("not recognised")
				}
			}
		})
	}
}

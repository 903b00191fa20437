package mail

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSplitHeader(t *testing.T) {
	tests := map[string]struct {
		raw    string
		fields header
		body   string
	}{
		"ordinary":                       {"A: 1\r\nB: 2\r\n\r\ntexto", header{{"A", "1"}, {"B", "2"}}, "texto"},
		"line feeds":                     {"A: 1\n\ntexto", header{{"A", "1"}}, "texto"},
		"carriage returns":               {"A: 1\r\rtexto", header{{"A", "1"}}, "texto"},
		"folded":                         {"A: 1\r\n 2\r\n\t3\r\n\r\n", header{{"A", "1 2 3"}}, ""},
		"folded at once":                 {"A:\r\n 1\r\n\r\n", header{{"A", "1"}}, ""},
		"blank before the colon":         {"A : 1\r\n\r\n", header{{"A", "1"}}, ""},
		"empty value":                    {"A:\r\n\r\nx", header{{"A", ""}}, "x"},
		"blank lines first":              {"\r\n\r\nA: 1\r\n\r\nx", header{{"A", "1"}}, "x"},
		"byte order mark":                {"\xef\xbb\xbfA: 1\n\nx", header{{"A", "1"}}, "x"},
		"mbox line":                      {"From a@b Mon Sep 14\nA: 1\n\nx", header{{"A", "1"}}, "x"},
		"mbox line within":               {"A: 1\n>From a@b Mon\nB: 2\n\nx", header{{"A", "1"}, {"B", "2"}}, "x"},
		"damaged name is skipped":        {"A: 1\nB\xff: 2\nC: 3\n\nx", header{{"A", "1"}, {"C", "3"}}, "x"},
		"fold without its blank":         {"Subject: no imprime\nla impresora\nFrom: a@b\n\nx", header{{"Subject", "no imprime la impresora"}, {"From", "a@b"}}, "x"},
		"stray carriage return":          {"A: 1\r2\nB: 3\n\nx", header{{"A", "1 2"}, {"B", "3"}}, "x"},
		"two carriage returns a line":    {"A: 1\r\r\nB: 2\r\r\n\r\r\nx", header{{"A", "1"}, {"B", "2"}}, "x"},
		"blank line missing":             {"A: 1\nHola a todos\nadiós", header{{"A", "1"}}, "Hola a todos\nadiós"},
		"only a body":                    {"Hola a todos", nil, "Hola a todos"},
		"continuation of nothing":        {" x\nA: 1\n\ny", header{{"A", "1"}}, "y"},
		"no body":                        {"A: 1", header{{"A", "1"}}, ""},
		"repeated fields keep the order": {"A: 1\nB: x\nA: 2\n\n", header{{"A", "1"}, {"B", "x"}, {"A", "2"}}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			fields, body, cut := splitHeader([]byte(tt.raw))
			if diff := cmp.Diff(tt.fields, fields, cmp.AllowUnexported(field{})); diff != "" || string(body) != tt.body || cut {
				t.Errorf("%sbody %q, want %q, cut %t", diff, body, tt.body, cut)
			}
		})
	}
}

func TestHeaderFieldsAreFoundWithoutCase(t *testing.T) {
	h := header{{"SUBJECT", "=?utf-8?Q?a=C3=B1o?="}, {"X", "1"}, {"x", "2"}}
	if h.text("Subject") != "año" || !h.has("subject") || h.has("y") || h.get("y") != "" || len(h.all("X")) != 2 {
		t.Errorf("%q, %v", h.text("Subject"), h.all("X"))
	}
}

func TestDecodeWords(t *testing.T) {
	for value, want := range map[string]string{
		"Hola":                                  "Hola",
		"=?utf-8?Q?Atenci=C3=B3n?=":             "Atención",
		"=?UTF-8?b?QcOxbw==?=":                  "Año",
		"=?UTF-8?B?QcOxbw?=":                    "Año",
		"=?iso-8859-1?q?a=F1o_nuevo?= 2026":     "año nuevo 2026",
		"=?utf-8?Q?a?= =?utf-8?Q?b?= c":         "ab c",
		"x =?utf-8?Q?a?=\r\n =?utf-8?Q?b?=":     "x ab",
		"=?utf-8?Q?a?=y=?utf-8?Q?b?=":           "ayb",
		"=?utf-8?Q?con espacios adentro?=":      "con espacios adentro",
		"=?utf-8*es?Q?a=C3=B1o?=":               "año",
		"=?x-nada?Q?abc?=":                      "abc",
		"=?utf-8?Q?sin fin":                     "=?utf-8?Q?sin fin",
		"=?utf-8?X?abc?=":                       "=?utf-8?X?abc?=",
		"A\xf1o en latin1":                      "Año en latin1",
		"=?utf-8?Q?l=C3=ADnea=0D=0ABcc:_x?=":    "línea Bcc: x",
		"=?utf-8?Q?a=00b=E2=80=AEc?=":           "abc",
		"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=":    "日本",
		"=?utf-8?Q?=C3?= =?utf-8?Q?=B1?=":       "ñ",
		"=?utf-8?Q?a=3?= b":                     "a=3 b",
		"=?utf-8?Q?qu=C3=A9?=3F?=":              "qué??",
		"=?utf-8?Q?a?=3F b":                     "a3F b",
		"=?utf-8?B?QcOxb?= =?utf-8?B?w==?=":     "Año",
		"=?utf-8?B?QcOx?= =?utf-8?B?bw?=":       "Año",
		"=?utf-8?B?QcOxbw?= =?utf-8?B?QQ?=":     "AñoA",
		"=?utf-8?B?8J+YgPCf?= =?utf-8?B?mIA=?=": "😀😀",
		"=? utf-8 ? Q ?a=C3=B1o?=":              "año",
	} {
		if got := decodeWords(value); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
}

func TestParseDate(t *testing.T) {
	for value, want := range map[string]string{
		"Mon, 14 Sep 2026 09:30:00 -0500":              "2026-09-14T14:30:00Z",
		"14 Sep 2026 09:30:00 -0500":                   "2026-09-14T14:30:00Z",
		"Mon, 14 Sep 2026 09:30:00 -0500 (PET)":        "2026-09-14T14:30:00Z",
		"Mon, 14 Sep 2026 09:30:00 -0500 Hora de Lima": "2026-09-14T14:30:00Z",
		"Mon, 14 Sep 2026 09:30:00":                    "2026-09-14T09:30:00Z",
		"Mon Sep 14 09:30:00 2026":                     "2026-09-14T09:30:00Z",
		"2026-09-14 09:30:00 -0500":                    "2026-09-14T14:30:00Z",
		"Mon,  14  Sep 2026\r\n 09:30 -0500":           "2026-09-14T14:30:00Z",
		"lunes 14 de setiembre":                        "0001-01-01T00:00:00Z",
		"Thu, 01 Jan 1000 00:00:00 +0000":              "0001-01-01T00:00:00Z",
		"":                                             "0001-01-01T00:00:00Z",
		strings.Repeat("1", 500):                       "0001-01-01T00:00:00Z",
	} {
		if got := parseDate(value).Format("2006-01-02T15:04:05Z07:00"); got != want {
			t.Errorf("%.60q: %s, want %s", value, got, want)
		}
	}
}

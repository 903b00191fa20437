package mail

import (
	"strings"
	"testing"
)

func TestTextOfHTML(t *testing.T) {
	for source, want := range map[string]string{
		"<p>Uno</p><p>Dos</p>":                                            "Uno\n\nDos",
		"<div>Uno</div><div>Dos</div>":                                    "Uno\nDos",
		"<div><div>Uno</div></div>\n<div><br></div>Dos":                   "Uno\n\nDos",
		"Uno<br>Dos<br><br>Tres":                                          "Uno\nDos\n\nTres",
		"No abre el <b>SIGA</b> hoy":                                      "No abre el SIGA hoy",
		"<b>No</b><i>separa</i>":                                          "Noseparaa"[:8],
		"a&nbsp;&aacute;&lt;b&gt;":                                        "a á<b>",
		"<ul><li>uno</li><li>dos</li></ul>":                               "- uno\n- dos",
		"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>": "a b\nc",
		"<blockquote>a<blockquote>b</blockquote></blockquote>c":           "> a\n>> b\nc",
		"<pre>a\n  b</pre>":                                               "a\n  b",
		"uno<hr>dos":                                                      "uno\n________________________________\ndos",
		"<head><title>x</title><style>p{}</style></head>a<script>alert(1)</script>b": "ab",
		`<a href="https://x.pe/a">aquí</a> va`:                                       "aquí (https://x.pe/a) va",
		`<a href="https://x.pe/a">https://x.pe/a</a>`:                                "https://x.pe/a",
		`<a href="javascript:alert(1)">x</a>`:                                        "x",
		`<a href="mailto:a@b">a@b</a>`:                                               "a@b",
		"<p>uno":                                                                     "uno",
		"</div></div></blockquote>uno":                                               "uno",
		"<":                                                                          "<",
		"uno<noscript><p>dos</p></noscript>":                                         "uno\n\ndos",
		"<object data=x><p>uno</p></object>":                                         "uno",
		"<template><p>uno</p></template>dos":                                         "dos",
		"<title>Acceso<p>uno</p>":                                                    "Acceso\n\nuno",
		"<style>p{}<p>uno":                                                           "p{}\n\nuno",
		"uno<style>p{}":                                                              "uno",
		"<!-- nada -->uno":                                                           "uno",
		"":                                                                           "",
	} {
		if got := textOfHTML(source); got != want {
			t.Errorf("%q: %q, want %q", source, got, want)
		}
	}
}

func TestHTMLWithoutEndIsCut(t *testing.T) {
	if got := textOfHTML("<p>" + strings.Repeat("ñ ", 300_000)); len(got) > maxTextBytes {
		t.Errorf("%d bytes", len(got))
	}
	if got := textOfHTML(strings.Repeat("<blockquote>", 10_000) + "a"); strings.Count(got, ">") > 20 {
		t.Errorf("%d quote marks", strings.Count(got, ">"))
	}
}

func TestAPlainVersionThatSaysNothingIsLeft(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, " \n": true, "Su programa no muestra HTML.": true, "¿Cómo pongo HTML en mi firma?": false, "No tengo red.": false,
		strings.Repeat("El HTML del portal falla. ", 20): false,
	} {
		if got := saysNothing(text); got != want {
			t.Errorf("%.40q: %t", text, got)
		}
	}
}

func TestTextOfEnriched(t *testing.T) {
	if got := textOfEnriched("<bold>Hola</bold> <color><param>red</param>a << b</color>"); got != "Hola a < b" {
		t.Errorf("got %q", got)
	}
	if got := textOfEnriched("a<param>b<param>c</param>d<param>e"); got != "ade" {
		t.Errorf("parameters that do not close: %q", got)
	}
}

package mail

import (
	"strings"
	"testing"
)

// quotesInHTML are answers as programs write them where there is no plain text
// beside them: {own} is what the sender wrote, {quoted} what they answer.
var quotesInHTML = map[string]string{
	"Gmail":                   `<div dir="ltr">{own}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">El mar, 15 set 2026 a las 9:30, Mesa de ayuda (&lt;<a href="mailto:soporte@qw.gob.pe">soporte@qw.gob.pe</a>&gt;) escribió:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">{quoted}</blockquote></div>`,
	"Gmail app, signature":    `<div dir="auto">{own}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue, Sep 15, 2026, 9:30 AM Mesa &lt;<a href="mailto:soporte@qw.gob.pe">soporte@qw.gob.pe</a>&gt; wrote:<br></div><blockquote class="gmail_quote">{quoted}</blockquote></div>`,
	"Outlook desktop":         `<div class="WordSection1"><p class="MsoNormal">{own}<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b><span lang="ES">De:</span></b><span lang="ES"> Mesa de ayuda &lt;soporte@qw.gob.pe&gt; <br><b>Enviado el:</b> martes, 15 de setiembre de 2026 09:30<br><b>Para:</b> Ana Rojas &lt;ana@qw.gob.pe&gt;<br><b>Asunto:</b> Acceso<o:p></o:p></span></p></div></div><p class="MsoNormal">{quoted}</p></div>`,
	"Outlook web":             `<div style="font-family: Aptos">{own}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri" color="#000000"><b>De:</b> Mesa de ayuda &lt;soporte@qw.gob.pe&gt;<br><b>Enviado:</b> martes, 15 de setiembre de 2026 09:30<br><b>Para:</b> Ana Rojas<br><b>Asunto:</b> Acceso</font><div>&nbsp;</div></div><div>{quoted}</div>`,
	"Outlook for phones":      `<div dir="auto">{own}</div><div id="ms-outlook-mobile-signature" dir="auto">Obtener <a href="https://aka.ms/AAb9ysg">Outlook para Android</a></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><font><b>From:</b> Mesa &lt;soporte@qw.gob.pe&gt;<br><b>Sent:</b> Tuesday, September 15, 2026 9:30:00 AM<br><b>To:</b> Ana &lt;ana@qw.gob.pe&gt;<br><b>Subject:</b> Acceso</font></div><div>{quoted}</div>`,
	"Outlook of old":          `<div><p><font>{own}</font></p></div><blockquote><div class="OutlookMessageHeader" dir="ltr" align="left"><font face="Tahoma" size="2">-----Mensaje original-----<br><b>De:</b> Mesa de ayuda [mailto:soporte@qw.gob.pe]<br><b>Enviado el:</b> martes, 15 de setiembre de 2026 09:30<br><b>Para:</b> Ana<br><b>Asunto:</b> Acceso<br><br></font></div>{quoted}</blockquote>`,
	"Apple Mail":              `<html><body style="word-wrap: break-word;">{own}<div><br><blockquote type="cite"><div>El 15 set. 2026, a la(s) 9:30, Mesa de ayuda &lt;<a href="mailto:soporte@qw.gob.pe">soporte@qw.gob.pe</a>&gt; escribió:</div><br class="Apple-interchange-newline"><div>{quoted}</div></blockquote></div></body></html>`,
	"iPhone":                  `<html><body dir="auto">{own}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">Enviado desde mi iPhone</div><div dir="ltr"><br><blockquote type="cite">El 15 set. 2026, a la(s) 9:30 a. m., Mesa &lt;soporte@qw.gob.pe&gt; escribió:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">&#65279;{quoted}</div></blockquote></body></html>`,
	"Thunderbird":             `<p>{own}</p><div class="moz-cite-prefix">El 15/09/26 a las 09:30, Mesa de ayuda escribió:<br></div><blockquote type="cite" cite="mid:1@qw.gob.pe">{quoted}</blockquote>`,
	"Yahoo":                   `<div class="ydp1yahoo-style-wrap"><div dir="ltr">{own}</div><div><br></div></div><div id="yahoo_quoted_1" class="yahoo_quoted"><div><div>El martes, 15 de septiembre de 2026 09:30:00 GMT-5, Mesa de ayuda &lt;soporte@qw.gob.pe&gt; escribió: </div><div><br></div><div>{quoted}</div></div></div>`,
	"Zimbra":                  `<div style="font-family: arial"><div>{own}</div><div><br></div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>De: </b>"Mesa de ayuda" &lt;soporte@qw.gob.pe&gt;<br><b>Para: </b>"Ana Rojas" &lt;ana@qw.gob.pe&gt;<br><b>Enviados: </b>Martes, 15 de Setiembre 2026 9:30:00<br><b>Asunto: </b>Acceso<br></div><div><br></div><div data-marker="__QUOTED_TEXT__">{quoted}</div></div>`,
	"Samsung":                 `<div dir="auto">{own}</div><div dir="auto"><br></div><div id="composer_signature" dir="auto"><div style="font-size:85%">Enviado desde mi Galaxy</div></div><div><br></div><div align="left" dir="auto" style="font-size:100%"><div>-------- Mensaje original --------</div><div>De: Mesa &lt;soporte@qw.gob.pe&gt; </div><div>Fecha: 15/9/26  9:30 a. m.  (GMT-05:00) </div><div>Para: Ana &lt;ana@qw.gob.pe&gt; </div><div>Asunto: Acceso </div><div><br></div></div>{quoted}`,
	"Roundcube":               `<p>{own}</p><p id="reply-intro">El 2026-09-15 09:30, Mesa de ayuda escribió:</p><blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid"><div id="replybody1">{quoted}</div></blockquote>`,
	"Proton":                  `<div style="font-family: Arial">{own}</div><div class="protonmail_quote">El martes, 15 de septiembre de 2026 a las 09:30, Mesa &lt;soporte@qw.gob.pe&gt; escribió:<br><blockquote class="protonmail_quote" type="cite">{quoted}</blockquote></div>`,
	"Notes":                   `<font size=2>{own}</font><br><br><font color=#990099>-----Mesa de ayuda/UTI escribió: -----</font><br>Para: Ana Rojas<br>De: Mesa de ayuda/UTI<br>Fecha: 15/09/2026 09:30<br>Asunto: Acceso<br><br>{quoted}`,
	"Evolution":               `<div>{own}</div><div><br></div><div>-----Mensaje original-----</div><div><b>De</b>: Mesa &lt;<a href="mailto:soporte@qw.gob.pe">soporte@qw.gob.pe</a>&gt;</div><div><b>Para</b>: Ana &lt;ana@qw.gob.pe&gt;</div><div><b>Asunto</b>: Acceso</div><div><b>Fecha</b>: Tue, 15 Sep 2026 09:30:00 -0500</div><div><br></div>{quoted}`,
	"a table in its header":   `<div>{own}</div><table border=0><tr><td><b>De:</b></td><td>Mesa &lt;soporte@qw.gob.pe&gt;</td></tr><tr><td><b>Para:</b></td><td>Ana</td></tr><tr><td><b>Fecha:</b></td><td>15/09/2026 09:30</td></tr><tr><td><b>Asunto:</b></td><td>Acceso</td></tr></table><div>{quoted}</div>`,
	"an answer below, marked": `<div class="moz-cite-prefix">El 15/09/26 a las 09:30, Mesa de ayuda escribió:<br></div><blockquote type="cite">{quoted}</blockquote><p>{own}</p>`,
}

func TestQuotesInHTMLAreSetApart(t *testing.T) {
	const own = "Sí, confirmo.\n\nSigue fallando a las 10:00."
	for name, page := range quotesInHTML {
		t.Run(name, func(t *testing.T) {
			written := strings.NewReplacer("{own}", "Sí, confirmo.<br><br>Sigue fallando a las 10:00.", "{quoted}", "<p>Estimada Ana:</p><p>¿Puede confirmar?</p>").Replace(page)
			m := Parse([]byte("From: ana@qw.gob.pe\r\nTo: soporte@qw.gob.pe\r\nSubject: Re: Acceso\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + written))
			if m.NewText != own {
				t.Errorf("new text is %q of\n%s", m.NewText, m.FullText)
			}
		})
	}
}

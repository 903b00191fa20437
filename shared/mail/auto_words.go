package mail

import (
	"strings"

	"mesa/shared/thread"
)

// autoPhrases begin the subjects of automatic answers: first Spanish and
// English, then the other languages in which Exchange, Gmail and Notes speak.
const autoPhrases = `respuesta autom[áa]tica|auto-?\s?respuesta|contestaci[óo]n autom[áa]tica|mensaje autom[áa]tico( de respuesta)?|contestador autom[áa]tico|((estoy|me encuentro|estar[ée]) )?fuera de (la )?oficina` +
	`|automatic (reply|response|answer)|auto(mated)?[ -]?(reply|response|responder|respond|answer)|yahoo! auto[- ]?response|((i am|i'm|currently) )?out[ -]of[ -](the[ -])?office( auto-?reply| message| notification)?|ooo|oof` +
	`|vacation (reply|response|message|notice|auto-?reply)|away from (my )?(mail|office|desk)|absence (notice|notification)` +
	`|resposta autom[àa]tica|r[ée]ponse automatique|r[ée]pondeur automatique|absence du bureau|absent du bureau|automatische antwort|automatische r[üu]ckantwort|autoantwort|abwesenheits(notiz|nachricht|meldung|benachrichtigung|assistent)|(ich bin )?nicht im (b[üu]ro|haus)|risposta automatica|fuori (sede|ufficio)|resposta autom[áa]tica|auto-?resposta|fora d[oe] escrit[óo]rio|aus[êe]ncia (tempor[áa]ria|do escrit[óo]rio)` +
	`|automatisch antwoord|afwezigheidsbericht|niet op kantoor|autosvar|automatisk svar|automatiskt svar|fr[åa]nvaro\w*|frav[æa]r\w*|automaattinen vastaus|poissa toimistosta|odpowied[źz] automatyczna|automatyczna odpowied[źz]|autoodpowied[źz]|automatick[áa] odpov[ěe][ďd]|nep[řr][íi]tomnost|otomatik (yan[ıi]t|cevap)|automatikus v[áa]lasz|r[ăa]spuns automat|automatski odgovor|samodejni odgovor|automaatvastus|autom[āa]tisk[āa] atbilde|automatinis atsakymas` +
	`|автоответ(чик)?|автоматический ответ|автоматичен отговор|автоматичн(а відповідь|ий відповідач)|αυτόματη απάντηση|תשובה אוטומטית|رد تلقائي|自动(回复|答复)|自動(回覆|応答|返信|回复)|不在(通知|連絡|のお知らせ)|자동 ?(회신|응답)|부재중|ตอบกลับอัตโนมัติ|trả lời tự động|jawaban otomatis|balasan otomatis`

// autoWords do too, and people begin subjects with them: «Auto: sin GPS». They
// count on a mail that shows other signs.
const autoWords = `auto|vacation|on vacation|absence (de|prolong[ée]e)|abwesen(d|heit)|afwezig(heid)?|poissa|nieobecno[śs][ćc]`

var (
	// autoSubject is such a phrase and then a colon, a dash or nothing:
	// «Respuesta automática no funciona» is a request.
	autoSubject = lazily(`(?i)^\W{0,3}(` + autoPhrases + `)\s*([:：\]\-–—(].*|[!.]?$)`)
	// autoBefore is such a phrase or word before the whole subject answered.
	autoBefore = lazily(`(?i)^\W{0,3}(` + autoPhrases + `|` + autoWords + `|(estoy )?ausente|ausencia|(estoy )?de vacaciones|(currently )?on (leave|holiday|vacation))\W{1,4}(re|rv|aw|sv|antw|resp?)\s*(\[\d+\])?\s*[:：]`)
	// autoWord is one of the words instead.
	autoWord = lazily(`(?i)^\W{0,3}(` + autoWords + `)\s*([:：\]\-–—(].*|[!.]?$)`)
	// autoStart is such a phrase with anything after it; it counts on a mail
	// that shows other signs.
	autoStart = lazily(`(?i)^\W{0,3}(` + autoPhrases + `)(\W|$)`)
	// autoEnd is such a phrase in brackets behind the subject answered, as
	// GroupWise and some webmails write it.
	autoEnd = lazily(`(?i)[(\[]\s*(` + autoPhrases + `|` + autoWords + `)\s*(message|reply|notice)?[)\]]\W{0,2}$`)
	// awayName is what Notes writes: «Ana Rojas is out of the office (returning 12/08/2026)».
	awayName = lazily(`(?i)^(auto:\s*)?[\p{L}\p{N} .,'/-]{2,60} (is|will be) (currently )?out of (the |my )?office\.?(\s*\(.{1,60}\)\.?|\s+(until|from|returning|through|starting)\b.{1,60})?$|^(auto:\s*)?[\p{L}\p{N} .,'/-]{2,60} (est[áa]|estar[áa]) (ausente|fuera) de la oficina\.?(\s*\(.{1,60}\)\.?)?$`)
	// awaySubject is a subject that people write too; it counts only on a mail
	// that answers another.
	awaySubject = lazily(`(?i)(^|\W)(de vacaciones|estoy ausente|ausente|ausencia|fuera de (la )?oficina|out of (the )?office|on leave|de licencia|acuse de recibo|recibimos su (mensaje|correo|solicitud)|hemos recibido su (mensaje|correo|solicitud)|we (have )?received your (message|e-?mail|request)|(request|ticket|case|message) received|(solicitud|ticket|caso) recibid[oa]|thank you for (contacting|your (e-?mail|message))|gracias por (contactar|escribir|su (mensaje|correo)))(\W|$)`)
	// readSubject is the subject of read receipts of old programs.
	readSubject = lazily(`(?i)^(le[íi]do|read|not read|no le[íi]do|return receipt( \(displayed\))?|confirmaci[óo]n de lectura|acuse de lectura|lu|non lu|gelesen|letto|lido|gelezen|l[äa]st)\s*[:\-]`)
	// challenge is the subject of programs that ask senders to prove themselves.
	challenge = lazily(`(?i)^\W{0,3}((please )?(confirm|verify) (your|the delivery of your|that you sent|this) (message|e-?mail|delivery)|your (message|e-?mail) (requires|needs|is awaiting) (confirmation|verification|(moderator )?approval)|.{1,100}\((action required|acci[óo]n requerida)\)$|antispam uol|confirmaci[óo]n de (env[íi]o|remitente) requerida)`)
	// autoSentence is how programs speak of themselves, at the beginning of their
	// text.
	autoSentence = lazily(`(?i)^\W*([\p{L} ,.]{0,60}[\n,.:!]\s*)?((please note( that)?:?|nota:)\s*)?(this (is|e-?mail is|message is|reply is|email was|message was) an? ?(auto(mated|matically|matic)?[- ]?)(generated |sent )?(reply|response|answer|acknowledge?ment|message|e-?mail|notification)|this (e-?mail|message) (is|was|has been) (automatically|auto-?) ?(generated|sent)|(esta es una respuesta|este es un (mensaje|correo)( electr[óo]nico)?)( de respuesta)? (generad[oa] )?autom[áa]tic(a|o|amente)|este (mensaje|correo)( electr[óo]nico)? (es|ha sido|fue) (generado |enviado |una respuesta )?autom[áa]tic(o|a|amente)|dies ist eine automatisch|ceci est (un message|une r[ée]ponse) automatique|questa [èe] una risposta automatica|esta [ée] uma (resposta|mensagem) autom[áa]tica)`)
	// awaySentence is what absence notices say, at the beginning of their text.
	awaySentence = lazily(`(?i)^\W*([\p{L} ,.]{0,60}[\n,.:!]\s*)?((i am|i'm|i will be|i'll be) (currently |away |now )?(out of|away from|on (vacation|leave|holiday))|(estoy|estar[ée]|me encuentro|me encontrar[ée]) (actualmente )?(fuera de (la )?oficina|de vacaciones|ausente|con licencia|de licencia)|ich bin (derzeit |zur ?zeit |bis |vom )?(nicht im|abwesend|im urlaub)|je suis (actuellement )?(absent|en cong[ée]))`)
)

// subject recognises the subjects of answering machines.
func (a *Auto) subject(fields header, m *Message) {
	answering := len(m.InReplyTo) > 0 || len(m.References) > 0
	if number, ok := thread.FindNumber(m.Subject); ok && number != "" {
		answering = true
	}
	subject := strings.TrimSpace(m.Subject)
	bare := thread.Bare(subject)
	marked := a.NoAnswer || a.Generated
	switch {
	case autoSubject().MatchString(subject), autoBefore().MatchString(subject), awayName().MatchString(subject):
	case bare != subject && !thread.IsForward(subject) && autoEnd().MatchString(subject):
	case marked && autoStart().MatchString(subject), (marked || answering) && autoWord().MatchString(subject):
	case marked && answering && (autoSubject().MatchString(bare) || awaySubject().MatchString(bare)):
	case a.Generated && awaySubject().MatchString(subject), (marked || answering) && challenge().MatchString(subject):
	case readSubject().MatchString(subject) && (emptyReturnPath(fields) || strings.TrimSpace(m.FullText) == ""):
	default:
		return
	}
	a.Reply = true
	a.sign("Subject: " + subject)
}

// text recognises machines by what they say of themselves. People quote and
// forward such mails, so only the beginning of a text counts, and that somebody
// is away counts only beside another sign: people say it too.
func (a *Auto) text(m *Message) {
	if a.Reply || m.has(NoteRescued) || thread.IsForward(m.Subject) {
		return
	}
	start := m.NewText[:min(len(m.NewText), 500)]
	isAnswer := answers(m)
	switch {
	case autoSentence().MatchString(start):
		a.Generated = true
		a.sign(autoSentence().FindString(start))
	case (a.NoAnswer || a.Generated) && isAnswer && awaySentence().MatchString(start):
		a.sign(awaySentence().FindString(start))
	default:
		return
	}
	a.Reply = a.Reply || isAnswer
}

package mail

import (
	"strings"
)

// What reports of delivery call themselves, in the languages in which mail
// systems speak. Everything here is compared without case, and never alone: see
// oddBounce.

// bounceSubjects begin the subjects of reports.
var bounceSubjects = [...]string{
	// English: Sendmail, Postfix, Exim, qmail, smail, MMDF, PMDF, Exchange, Notes, GroupWise, IMail, Mercury, Mimecast, Barracuda…
	`undeliver(ed|able)\b`, `undelivered mail`, `(e-?)?mail (failure|failed|undeliver(ed|able)|returned|bounced|rejected|blocked|system error|error\b|not delivered|could not be delivered|delivery (failed|failure|error|status|problem|notification|has failed))`,
	`e-?mail (could not be delivered|delivery (failure|failed))`, `rejected (mail|message|posting)`, `(your )?(e-?mail|mail|message)( you sent)? (was |has been |is )?(rejected|refused|blocked|returned|undeliver(ed|able)|bounced)`,
	`(a |the )?message you sent (was )?(blocked|rejected)`, `delivery reports?\b`, `delivery (status )?notification\b`, `delivery (failure|failed|fails|has failed|incomplete|problem|error|report|delayed|delay)`, `failure delivery`,
	`message (delivery|not delivered|undeliver(ed|able)|could not be delivered|returned|rejected|status - undeliverable)`, `returned (e-?mail|mail|to sender|message)`, `return(ed)? to sender`, `failure notice`, `failed (delivery|mail|message)`, `failure to deliver`,
	`non[- ]?deliver(y|able|ed)`, `nondeliverable mail`, `not delivered\b`, `ndn\b`, `ndr\b`, `error sending`, `there was an error sending`, `could not (deliver|send)`, `couldn.t deliver`, `unable to deliver`, `cannot deliver`, `address not found`, `user unknown`, `unknown (user|recipient|address)`, `recipient (not found|unknown)`,
	`permanent (delivery )?(error|failure)`, `transient (delivery )?(error|failure)`, `bounced?( mail| message)?:`, `warning: (could not send|message|mail|delivery|delay)`, `(notice|postmaster notify|mail delivery notice|notification|alert|error): ?(mail |message )?(delivery|undeliver|failed|returned|bounce)`, `notice: mail delivery status`,
	`mailbox (is )?(full|unavailable|disabled|not found)`, `over quota`, `quota exceeded`, `(considered )?unsolicited bulk e-?mail`, `banned (contents?|file)`, `virus .{1,80} in (your )?mail (from|to)`, `delayed (mail|message|delivery)`,
	// Spanish
	`no se (puede|pudo|ha podido|pudieron) entregar`, `no (fue )?entregado`, `imposible (de )?entregar`, `(el |su )?(correo|mensaje|e-?mail)( electr[óo]nico)? (no entregado|devuelto|rechazado|no enviado|no se (pudo|puede|ha podido) (entregar|enviar)|no pudo ser (entregado|enviado)|- no entregado)`, `notificaci[óo]n (de |del )?(estado de (la )?entrega|entrega|error|no entrega|devoluci[óo]n|fallo)`,
	`(error|fallo|falla|problema) (de|en|en la|al) (la )?(entrega|entregar|env[íi]o|enviar)`, `aviso de (no entrega|entrega|devoluci[óo]n)`, `entrega (fallida|retrasada|demorada)`, `devoluci[óo]n (de|del) (correo|mensaje)`, `retraso en la entrega`, `informe de (no )?entrega`, `estado de (la )?entrega`, `buz[óo]n (de correo )?lleno`,
	// Portuguese, French, Italian
	`n[ãa]o (foi )?(poss[íi]vel )?entreg`, `n[ãa]o [ée] poss[íi]vel entregar`, `n[ãa]o entregue`, `mensagem (n[ãa]o entregue|devolvida|rejeitada)`, `falha (na|de) entrega`, `notifica[çc][ãa]o de (status|estado|falha)`, `devolu[çc][ãa]o`,
	`non remis`, `non[- ]remise`, `[ée]chec (de|d['’])? ?(la )?(remise|distribution|envoi|livraison)`, `(message|courrier|mail) (non (remis|distribu[ée]|d[ée]livr[ée])|refus[ée])`, `avis de non`, `impossible (de remettre|à remettre)`, `retour (à|a) l.exp[ée]diteur`, `notification d.[ée]tat`,
	`mancat[oa] (recapito|consegna)`, `avviso di (mancata|non) (consegna|accettazione)`, `(messaggio|posta) non (consegnat[oa]|recapitat[oa]|recapitabile)`, `non recapitabile`, `recapito non riuscito`, `impossibil[ei] recapitare`, `notifica (di|sullo) (stato|mancat)`,
	// German, Dutch, Nordic
	`benachrichtigung (zum|[üu]ber|[üu]ber den) `, `unzustellbar`, `nicht zustellbar`, `nicht zugestellt`, `zustellung (fehlgeschlagen|nicht)`, `fehler bei der (zustellung|[üu]bermittlung)`, `(ihre )?(e-?mail|nachricht) (konnte nicht|nicht) zugestellt`, `zustell(fehler|ungsfehler|ungsbericht|status|benachrichtigung)`,
	`onbestelbaar`, `niet bezorgd`, `kan niet (worden )?bezorgd`, `bezorging mislukt`, `kan ikke leveres`, `uleverbar`, `kunne ikke leveres`, `kan (inte|ej) levereras`, `kunde inte levereras`, `olevererbart`, `toimittamat`, `toimitus ep[äa]onnistui`, `ei voi toimittaa`, `ikke levert`,
	// Slavic, Turkish, Greek, Hungarian, Romanian
	`nie mo[żz]na dostarczy[ćc]`, `niedostarczon`, `zwrot (wiadomo|poczt)`, `nedoru[čc]iteln`, `nedoru[čc]en`, `недоставлен`, `не доставлен`, `не удалось доставить`, `не уда[её]тся доставить`, `teslim edilemiyor`, `сообщение не (может быть )?доставлено`, `невозможно доставить`, `ошибка доставки`, `уведомление о (состоянии|статусе|недоставке)`,
	`teslim edilemedi`, `iletilemedi`, `δεν παραδόθηκε`, `δεν είναι δυνατή η παράδοση`, `αδυναμία παράδοσης`, `k[ée]zbes[íi]thetetlen`, `nem k[ée]zbes[íi]thető`, `nelivrabil`, `nu s-a putut livra`,
	// Chinese, Japanese, Korean, Arabic, Hebrew
	`系统退信`, `退信`, `邮件(投递|发送)?(失败|退回)`, `无法(送达|投递|传递)`, `未送达`, `未傳遞`, `無法(傳遞|送達)`, `投递失败`, `配信不能`, `配信(エラー|失敗|できません)`, `メール(配信|送信)?エラー`, `送信(エラー|失敗)`, `未配信`, `不達`, `エラーメール`, `배달되지 않음`, `배달할 수 없`, `(메일 )?(전송|배달|발송) ?(실패|오류)`, `반송`, `غير قابل للتسليم`, `تعذر (التسليم|تسليم)`, `לא ניתן למסירה`,
}

// bounceSentences are what only reports say.
var bounceSentences = [...]string{
	`this is the (mail system|qmail-send program|postfix program|mail delivery (agent|system)|[a-z]+ (mail )?(server|program|daemon)) at `, `this is the mail system at`, `hi\. (this is the|the [a-z]+ (program|server)|we.re sorry)`, `here is your (list of failed recipients|returned mail)`, `failed addresses follow`, `machine generated message from mail service`, `recipients? did not receive`, `receiver not found`, `no longer accepts? mail`, `could not be reached`, `undeliverable address`, `message was undeliverable due to`, `cannot be delivered to the following`, `(check|problem with) (your send |the )?e-?mail address(\(es\))?`, `account (is|has been) (disabled|temporarily over|not found)`, `a message that you (sent|have sent) could not be delivered`, `this message was created automatically by (the )?mail delivery`,
	`(your|the) (e-?mail )?(message|mail|e-?mail)( you sent| to .{1,120})? (could not be|couldn.?t be|cannot be|was not|wasn.?t|has not been|hasn.?t been) (delivered|sent|accepted)`, `your message.{0,40} did not reach`, `(were|was) (not|un)(able)? ?(delivered|to deliver)`, `has not been delivered`, `not been delivered to the following`, `could not be delivered to (the following|one or more)`,
	`the following (addresses had permanent|message could not be|message to|recipient(\(s\)|s)? (cannot|could not|were|was|did not)|organi[sz]ations?|address(\(es\)|es)? (failed|could not|had))`, `permanent fatal errors`, `fatal (delivery )?errors?\b.{0,60}(address|recipient)`, `(delivery|transmission) to the following (recipients?|address(es)?) (failed|has been delayed|have failed)`,
	`delivery (has |to .{1,80} |to the following .{1,40} )?(has )?(failed|been delayed)`, `unable to deliver (your|the|this|message|mail)`, `(afraid|sorry),? (i|we) (wasn.t|was|were|weren.t|are|am)( not)? ?(able|unable) to deliver`, `undeliverable (to|mail|message)\b`, `user unknown`, `unknown user\b`, `no such (user|mailbox|address|recipient)`, `(user|recipient|mailbox|address) (does not exist|not found|unknown|unavailable|rejected|is full|is disabled)`,
	`mailbox .{0,80}(full|exceed|over quota|unavailable)`, `exceeded (its |their |his )?(storage|mailbox|quota)`, `recipient address rejected`, `\b5[0-5]\d[- #(]{1,2}5\.\d\.\d{1,2}`, `\b5[0-5]\d[ -].{0,60}(user|recipient|mailbox|address|relay|host|message)`, `message (returned|will be returned|is being returned|could not be delivered|has been (returned|rejected|blocked))`, `(was|were|been) (rejected|refused|blocked) by (the|our|your|a|remote|recipient)`, `transcript of session follows`, `message log follows`, `reason (for|of) (failure|non-?delivery|the error)`, `failed recipients?`, `(host|domain) (not found|unknown|lookup)`, `retry (timeout|time(-| )?out) exceeded`, `could not send message for (the )?past`, `still (being retried|trying)|will (keep|continue) trying`,
	`no se (pudo|puede|ha podido|pudieron) entregar`, `(su|el) (mensaje|correo).{0,80}no (llegó|ha llegado|se (pudo|ha podido|entregó|ha entregado)|pudo ser|ha sido|fue) ?(entregad|enviad|a)?`, `destinatario (desconocido|no existe|no encontrado|rechazado)`, `no se (encontró|ha encontrado) la dirección`, `buzón.{0,40}lleno`, `el usuario no existe`,
	`n[ãa]o (p[ôo]de|foi poss[íi]vel|pode) ?(ser )?entreg`, `n'a pas pu [êe]tre (remis|distribu|d[ée]livr|achemin)`, `konnte(n)? nicht (zugestellt|ausgeliefert|[üu]bermittelt)`, `non (è stato possibil[ei]|è stato|può essere) (consegna|recapita)`, `nie (może|można|mogła|została)? ?(zostać |być )?dostarcz`, `не (было|может быть|была|удалось) ?доставл`, `не был[оа]? доставлен`, `无法(送达|投递|发送)`, `無法(傳遞|送達)`, `配信(できません|されません|に失敗)`, `お届けできません`, `宛先.{0,20}(見つかりません|存在しません)`, `전달(할 수 없|되지)`,
}

// prefixed are brackets and stars that gateways put before a subject.
const prefixed = `^[\W_]{0,4}(\[[^\]]{1,40}\][\s:-]*)?[\W_]{0,4}`

var (
	bounceSubject = lazily(`(?i)` + prefixed + `(` + strings.Join(bounceSubjects[:], "|") + `)`)
	// plainSubject are those that hardly a person writes: with a sentence of
	// reports they are one, whoever the sender.
	plainSubject   = lazily(`(?i)` + prefixed + `(undeliver(ed|able)\b|undelivered mail|failed delivery$|there was an error sending your (mail|message)|mail delivery (failed|failure|error|status|problem)|delivery (status )?notification\b|delivery (has )?fail(ed|ure)|(mail|message|e-?mail) (could not be|not) delivered|returned mail|failure notice|non-?deliver|mail system error|no se (puede|pudo) entregar:|(correo|mensaje) (no entregado|devuelto|rechazado)|notificaci[óo]n de (estado|error|fallo) |unzustellbar|non remis|onbestelbaar|falha na entrega|mancat[oa] (recapito|consegna))`)
	bounceSentence = lazily(`(?i)(` + strings.Join(bounceSentences[:], "|") + `)`)
	delaySubject   = lazily(`(?i)(\bdelay(ed)?|retras|demora|warning: (could not send|message .{1,40} delayed)|still (trying|being retried)|en cola|verz[öo]ger|retard[ée]|\britardo|atraso|задерж|遅延|延迟)`)
	deliverSubject = lazily(`(?i)^\W{0,3}((delivered|relayed|expanded|entregado|retransmitido)\b|successful mail delivery report\b|delivery status notification \(success)`)
	// daemonName is the local part or the name of what sends reports.
	daemonName = lazily(`(?i)^['"]?(mailer?[-_. ]?(daemon|deamon|demon)|.{0,30}mailer[-_. ]?daemon|mail[-_. ]?(deliver(y)?|system|router|administrator|gateway|server|subsystem)([-_. ]?(sub-?)?(system|service|agent))?|maildelivery|(.{0,30} )?mail delivery (sub-?)?(system|service|agent)|.{0,30}post[-_. ]?master.{0,10}|(postfix|sendmail|exim|qmail|courier|mdaemon|smtpd?|smtp32|mercury|imail|james|mailenable|surgemail|merak|icewarp|kerio|zimbra|domino|notes ?router|groupwise)( (mail|server|system|daemon|at)\b.{0,60})?|administrador (del|de) (sistema|correo).*|system administrator|systemadministrator|microsoft outlook|microsoft exchange.*|microsoftexchange[0-9a-f]+|mmdf|uucp|bounces?|bounce[-+=].*|bounce-?handler|double-bounce|non-?delivery.*|internet mail (delivery|gateway|service)|sistema de correo.*|correo devuelto|(email|e-mail|mail) (delivery|security|gateway|firewall|filter).{0,30}|.{0,20}spam firewall|interscan.*|mailmarshal.*|mailsweeper.*|symantec.*|amavis.*|content[-_. ]filter.*|listserv.*|delivery (subsystem|status).*|returned mail.*)['"]?$`)
	// onlyDaemon are addresses that send nothing but reports.
	onlyDaemon = lazily(`(?i)^(mailer?[-_.]?(daemon|deamon)|[a-z0-9.-]{0,30}mailer-daemon|mail-daemon|maildaemon|microsoftexchange[0-9a-f]{32})$`)
)

// kindBySubject tells warnings and confirmations from failures.
func kindBySubject(subject string) BounceKind {
	switch {
	case delaySubject().MatchString(subject):
		return BounceDelayed
	case deliverSubject().MatchString(subject):
		return BounceDelivered
	}
	return BounceFailed
}

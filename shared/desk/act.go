package desk

import "time"

// ActKind names what somebody wants to do. Package flow has one row for each
// flow, role and act that the procedure allows.
type ActKind string

// The acts. Imperative, as a person would say it.
const (
	ActOpen           ActKind = "open"            // form or API: 8.1.4, 8.5.1, 8.6.1
	ActContact        ActKind = "contact"         // a mail or a call arrives: 8.1.1
	ActClassify       ActKind = "classify"        // L1 gives flow, service, priority: 7.4
	ActNeedTicket     ActKind = "need-ticket"     // «saque ticket PAU»: 8.1.3
	ActTypingError    ActKind = "typing-error"    // error de digitación: 8.2.2, R82
	ActConfirmSender  ActKind = "confirm-sender"  // an unverified sender is who it says
	ActProvideData    ActKind = "provide-data"    // missing fields arrive: R104, R110
	ActApprove        ActKind = "approve"         // 8.1.4
	ActReject         ActKind = "reject"          // 8.1.4, R67
	ActNotMine        ActKind = "not-mine"        // «no me corresponde decidir»
	ActLookAgain      ActKind = "look-again"      // who decides, now that the directory was mended: R27
	ActWithdraw       ActKind = "withdraw"        // by the requester
	ActSetPriority    ActKind = "set-priority"    // R36
	ActAssign         ActKind = "assign"          // 8.5.2, 8.6.2
	ActTake           ActKind = "take"            // a member takes it from the queue
	ActAsk            ActKind = "ask"             // recaba información: 8.1.5
	ActAnswer         ActKind = "answer"          // the requester answers
	ActComment        ActKind = "comment"         // a mail or note by who asked
	ActNote           ActKind = "note"            // internal note
	ActReply          ActKind = "reply"           // staff write to who asked
	ActLogContact     ActKind = "log-contact"     // 8.5.3: tool, modality, result
	ActAttach         ActKind = "attach"          // files: 8.1.6, 8.4.1, 8.8.1
	ActWorkaround     ActKind = "workaround"      // solución temporal: R38
	ActDiagnose       ActKind = "diagnose"        // inicio de diagnóstico: R114
	ActDeclareLong    ActKind = "declare-long"    // tomará más de 60 minutos: 8.6.4
	ActTakeCustody    ActKind = "take-custody"    // R115
	ActNotMoved       ActKind = "not-moved"       // the equipment stays after all
	ActReturn         ActKind = "return-gear"     // devuelve el equipo: 8.6.5
	ActHandOver       ActKind = "hand-over"       // pase to L3: 8.1.6
	ActInterruption   ActKind = "interruption"    // notice of interruption: 8.1.7
	ActExecutionOK    ActKind = "execution-ok"    // 8.1.9
	ActExecutionError ActKind = "execution-error" // 8.1.8
	ActEscalate       ActKind = "escalate"        // to L4 or L5 with reason: R49
	ActSendBack       ActKind = "send-back"       // return to an earlier level: R50
	ActVendorCase     ActKind = "vendor-case"     // Level 5 gives it to a provider: R47
	ActVendorAnswer   ActKind = "vendor-answer"   // the provider answered
	ActDeclareMass    ActKind = "declare-mass"    // a mass incident: others may join
	ActJoin           ActKind = "join"            // goes with a mass incident
	ActSeparate       ActKind = "separate"        // goes its own way again
	ActFollow         ActKind = "follow"          // ends as its mass incident ended; by the desk only
	ActReclassify     ActKind = "reclassify"      // another service or flow: R150
	ActRoute          ActKind = "route"           // to L2, L3 or L4 by technical nature: 8.3.3, R91
	ActInfraSolved    ActKind = "infra-solved"    // L4 tells L3 solution and verification: 8.3.3 c
	ActRegularise     ActKind = "regularise"      // the Jefatura UTI confirms what it authorised by mail: R90
	ActDeny           ActKind = "deny"            // it did not authorise it
	ActAcknowledge    ActKind = "acknowledge"     // L3, then Desarrollo, received the solution: R97
	ActClose          ActKind = "close"           // closing and the Anexo 01 row: R153
	ActConfirmSolved  ActKind = "confirm-solved"  // quedó solucionado: R87, R92
	ActStillFailing   ActKind = "still-failing"   // sigue fallando, while the window of verification is open: R87
	ActReopen         ActKind = "reopen"          // sigue fallando: R87
	ActLink           ActKind = "link"            // a PAU ticket grew out of this contact: R64
	ActResend         ActKind = "resend"          // a mail that did not go
	ActOverdue        ActKind = "overdue"         // by the clock only

	ActDerive            ActKind = "derive"             // deriva por proveído del SGD: 8.4.2
	ActCreateAccess      ActKind = "create-access"      // crea los accesos: 8.4.3
	ActDeliverCredential ActKind = "deliver-credential" // remite las credenciales temporales: 8.4.3, R101
	ActShowCredential    ActKind = "show-credential"    // who asked sees the password, once
	ActArchiveProveido   ActKind = "archive-proveido"   // archiva el proveído en el SGD: 8.4.3, R102

	ActBookRoom         ActKind = "book-room"         // 8.8.3, and the access data of 8.8.4
	ActProposeSlot      ActKind = "propose-slot"      // the room is not free: R130
	ActMoveRoom         ActKind = "move-room"         // another room or time
	ActCancelDate       ActKind = "cancel-date"       // this date will not be held
	ActShowPIN          ActKind = "show-pin"          // R147: shown and recorded
	ActDeliverRecording ActKind = "deliver-recording" // 8.8.4, R131
)

// Assurance is how the desk knows who acts: R9.
type Assurance string

// From strongest to none.
const (
	AssuredSession Assurance = "session"  // signed in
	AssuredToken   Assurance = "token"    // API access token
	AssuredClient  Assurance = "client"   // another system's own token: may only create
	AssuredCode    Assurance = "code"     // signed link and the six digits of the mail
	AssuredLink    Assurance = "link"     // signed link alone
	AssuredDMARC   Assurance = "dmarc"    // aligned mail authentication
	AssuredNone    Assurance = "none"     // unverified: no power
	AssuredSelf    Assurance = "internal" // the desk itself: clock, healing
)

// Clock is the actor of acts that no person does.
const Clock PersonID = "clock"

// Actor says who acts. Person acts under their own name; For is the principal
// whose post they stand in for («X por Y», R27).
type Actor struct {
	Person    PersonID  `json:"p,omitempty"`
	For       PersonID  `json:"for,omitempty"`
	Via       string    `json:"via,omitempty"` // API client, link id, mail id
	Assurance Assurance `json:"a,omitempty"`
}

// Fields are an act's inputs by name, as the flow's row demands them. Values
// are what the person typed; the row says kind, limits and what is missing.
type Fields map[string]string

// Act is one wish to change a ticket. Whatever the way in (form, portal, API,
// signed link, mail, phone, clock), it becomes this and goes one road.
type Act struct {
	Kind       ActKind
	Ticket     TicketID // empty for ActOpen and ActContact
	Version    int      // version the actor saw; 0 where the row needs none
	Actor      Actor
	At         time.Time // business clock
	HappenedAt time.Time // when it happened in the world; zero = At (R90)
	Channel    Channel
	Scope, Key string   // idempotency: scope is the caller; empty key = none
	Also       []string // further keys of the same scope that mean the same act, as a mail's Message-ID
	Fields     Fields
	Files      []Attachment
	Secret     []byte     // ciphertext of a credential, sealed before the act sets out: no record, text or key holds it
	Requester  PersonID   // of an opening act, when it is not the actor (R30)
	Quiet      bool       // a mail that asks for no automatic answer: RFC 3834
	Copied     []PersonID // whom a mail went to besides the desk: they may answer it
	Team       TeamID     // that received a contact, when the requester's unit is unknown
}

// Field returns the named input, or "".
func (a Act) Field(name string) string { return a.Fields[name] }

package notify

import (
	"time"

	"mesa/shared/desk"
)

// The keys of a sealed mail's Data. They are short because they are written
// with every mail: an ordinary outbox item stays under one kilobyte. Times are
// kept as Lima stamps and words are made of them when the mail is rendered.
const (
	keyNumber    = "n"
	keySubject   = "sj" // as people typed it
	keyService   = "sv"
	keySede      = "sd"
	keyUnit      = "u"  // of headquarters: the organic unit
	keyOpened    = "o"  // stamp
	keyAt        = "t"  // stamp: when the act was
	keyClause    = "cl" // numeral of section VIII
	keyMailbox   = "mb" // local part of a territorial unit's address: R125
	keyVariant   = "x"  // which words of the message: see wordsOf
	keyMeant     = "to" // who the mail was for, when somebody else gets it
	keyDial      = "tl" // telephone of who could not be written to
	keyFailed    = "f"  // message that did not arrive
	keyCause     = "ca"
	keyReturned  = "wr" // what the other side's answer means
	keyAddress   = "ad" // that takes no mail
	keyClosed    = "cs" // stamp: since when it takes none
	keyRequester = "rq"
	keyArea      = "ar"
	keyPhone     = "ph"
	keyPriority  = "pr"
	keyText      = "ds" // description
	keyNext      = "nx" // what happens next, or what is to be done
	keyTeam      = "tm"
	keyBy        = "by" // who acted
	keyPost      = "as" // post by which the reader decides, or decided
	keyStage     = "e"
	keyStages    = "es"
	keyThen      = "th" // what follows an approval
	keySignIn    = "in" // deciding takes signing in
	keyByReply   = "br" // the answer may decide
	keyWhy       = "wy" // why an answer decided nothing
	keySince     = "si" // stamp: open since
	keyDecision  = "dc"
	keyInstead   = "fo" // for whom a substitute decided
	keyMedium    = "dm" // from where a decision came
	keyReason    = "rs"
	keyMessage   = "ms" // message, question or error text
	keySolution  = "sl"
	keyCannot    = "cx" // what the users cannot do while a service stops
	keyAsked     = "aq" // stamp: when it was asked for
	keyVerified  = "vf" // how infrastructure verified its solution
	keyFields    = "fl"
	keyBlanks    = "bl" // those of them that a plain mail can bring, where not all can
	keyRead      = "rd" // data read from a mail
	keyLevel     = "lv"
	keyParent    = "pt" // number of a mass incident
	keyCount     = "c"
	keyPase      = "pd"
	keyFiles     = "pf"
	keyRollback  = "pb"
	keyAsset     = "ac"
	keyTaker     = "tk"
	keyReceiver  = "rb"
	keyCondition = "cn"
	keyStarts    = "s1" // stamp
	keyEnds      = "s2" // stamp
	keyForm      = "fm" // service whose form the mail links
	keyFlow      = "fw" // flow of the form that the mail links
	keyDetail    = "dt" // what was typed wrong: 8.2.2
	keyFrom      = "fr" // contact or ended case that the form is filled in from
	keySystem    = "sy"
	keyAccount   = "au"
	keyUntil     = "un" // stamp: until when a password may be seen
	keyRow       = "rw"
	keySequence  = "sq"
	keyRoom      = "rm"
	keyAccess    = "al" // address of the meeting
	keyMeeting   = "mi"
	keyHasPIN    = "pn"
	keySharePIN  = "sp"
	keyWas       = "wa" // when it was before, or which date
	keyLastDay   = "la" // on which a recording can be opened
	keyBooked    = "bk"
	keyShare     = "pc"      // percent of a local target
	keyGoal      = "go"      // which local target
	keyDue       = "du"      // stamp: when it ends
	keyTaken     = "ta"      // whether somebody has the case
	keyDays      = "da"      // days of an absence, as a memorandum writes them
	keyPending   = "pe"      // cases of a digest, a line each
	keyRest      = "re"      // how many it does not list
	keyVersion   = "ve"      // of the procedure
	keyBefore    = "be"      // the version that it replaces
	keyApproved  = "ap"      // by which resolution
	keyChanges   = "ch"      // what changes, a line each
	keyMonth     = "mo"      // stamp: when a month of the register begins
	keyRegister  = "rg"      // sede whose register it is
	keyHeld      = "subject" // of a held mail, which has no case and is not sealed here
)

// Limits of what is sealed, in characters. A decision can be judged from the
// mail, so it carries the most; the whole text is always in the case.
const (
	maxDecideText = 3000
	maxText       = 1500
	maxExcerpt    = 600
	maxName       = 80
)

// noticeKeys are the data of a notice, as package flow names them, and where
// they are kept.
func noticeKeys() map[string]string {
	return map[string]string{
		"reason": keyReason, "message": keyMessage, "question": keyMessage, "solution": keySolution, "verification": keyVerified, "cannot": keyCannot, "fields": keyFields, "blanks": keyBlanks, "read": keyRead,
		"decision": keyDecision, "sign_in": keySignIn, "by_reply": keyByReply, "why": keyWhy, "stage": keyStage, "stages": keyStages, "level": keyLevel, "parent": keyParent, "n": keyCount,
		"description": keyPase, "files": keyFiles, "rollback": keyRollback, "received_by": keyReceiver, "condition": keyCondition,
		"service": keyForm, "service_name": keyService, "flow": keyFlow, "detail": keyDetail,
		"system": keySystem, "account": keyAccount,
		"row": keyRow, "sequence": keySequence, "room": keyRoom, "link": keyAccess, "meeting_id": keyMeeting, "has_pin": keyHasPIN, "share_pin": keySharePIN,
		"was": keyWas, "when": keyWas, "last_day": keyLastDay, "booked": keyBooked,
		"share": keyShare, "goal": keyGoal, "taken": keyTaken,
	}
}

// nameKeys are those of noticeKeys that hold a word or an id, not a text.
func nameKeys() map[string]bool {
	return map[string]bool{keyDecision: true, keySignIn: true, keyByReply: true, keyWhy: true, keyStage: true, keyStages: true, keyLevel: true, keyParent: true, keyCount: true, keyForm: true, keyService: true, keyReceiver: true, keyFlow: true, keyDetail: true,
		keySystem: true, keyAccount: true,
		keyRow: true, keySequence: true, keyRoom: true, keyMeeting: true, keyHasPIN: true, keySharePIN: true, keyWas: true, keyLastDay: true, keyBooked: true, keyShare: true, keyGoal: true, keyTaken: true}
}

// stampLayout is how a time is kept: Lima, whole minutes.
const stampLayout = "2006-01-02T15:04"

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(desk.Lima).Format(stampLayout)
}

// readStamp reads a stamp, or the way package flow writes an interruption's hours.
func readStamp(s string) (time.Time, bool) {
	for _, layout := range []string{stampLayout, "02/01/2006 15:04"} {
		if t, err := time.ParseInLocation(layout, s, desk.Lima); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// OrderedAt is when the act that ordered a mail was, to the minute: what its
// signed link's life is counted from, so that the same mail sent twice carries
// the same link. Zero for a mail not made by Seal.
func OrderedAt(m desk.Mail) time.Time {
	t, _ := readStamp(m.Data[keyAt])
	return t
}

// Mailbox is the local part of the address that answers should name, a
// territorial unit's own (R125); "" means the desk's.
func Mailbox(m desk.Mail) string { return m.Data[keyMailbox] }

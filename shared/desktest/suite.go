package desktest

import (
	"context"
	"testing"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/work"
)

// Contract is everything that a store of the desk does, as its consumers ask
// for it in pieces.
type Contract interface {
	work.Store
	work.Directory
	work.Settings

	Effects(ctx context.Context, id desk.TicketID) ([]desk.Effect, error)
	Progress(ctx context.Context, id desk.TicketID, seq int) (desk.Progress, error)
	AddEffects(ctx context.Context, effects []desk.Effect) error
	ClaimEffect(ctx context.Context, id desk.TicketID, ref string, now time.Time, lease time.Duration) (desk.Effect, bool, error)
	FinishEffect(ctx context.Context, e desk.Effect) error
	DueEffects(ctx context.Context, shard int, now time.Time, limit int) ([]desk.Effect, error)
	FailedMails(ctx context.Context, limit int) ([]desk.Effect, error)
	Shards() int
	NoteDelivery(ctx context.Context, id desk.TicketID, ref string, d desk.Delivery) (desk.Effect, bool, error)
	ConfirmSent(ctx context.Context, id desk.TicketID, ref, sentID string, at time.Time) error
	Suppression(ctx context.Context, key string) (work.Suppression, bool, error)
	GlanceSuppression(ctx context.Context, key string) (work.Suppression, error)
	PutSuppression(ctx context.Context, r work.Suppression) error
	Suppressions(ctx context.Context, limit int) ([]work.Suppression, error)

	OpenWait(ctx context.Context, id desk.TicketID, wait desk.WaitID, generation int, wakeAt time.Time, token string) (bool, error)
	WaitToken(ctx context.Context, id desk.TicketID, wait desk.WaitID) (string, error)
	DueWaits(ctx context.Context, shard int, before time.Time, limit int) ([]work.TicketWait, error)
	Heal(ctx context.Context, id desk.TicketID, m desk.Machine, from int, start desk.Effect, now time.Time) error
	MarkStuck(ctx context.Context, id desk.TicketID, m desk.Machine, generation int, cause string) error
	StuckMachines(ctx context.Context) ([]work.TicketMachine, error)

	Queue(ctx context.Context, team desk.TeamID, level desk.Level, cursor string, limit int) ([]desk.Ticket, string, error)
	ByRequester(ctx context.Context, person desk.PersonID, cursor string, limit int) ([]desk.Ticket, string, error)
	Undecided(ctx context.Context) ([]desk.Ticket, error)
	Unregularised(ctx context.Context) ([]desk.Ticket, error)
	PendingApprovals(ctx context.Context, person desk.PersonID) ([]desk.Ticket, error)
	Decisions(ctx context.Context, person desk.PersonID, limit int) ([]work.Decided, error)
	MassIncidents(ctx context.Context) ([]desk.Ticket, error)
	Children(ctx context.Context, parent desk.TicketID) ([]desk.TicketID, error)
	Tickets(ctx context.Context, cursor string, limit int) ([]desk.TicketID, string, error)
	Register(ctx context.Context, sede desk.SedeID, period string) ([]desk.Row, error)
	Month(ctx context.Context, sede desk.SedeID, period string) (desk.Month, error)
	AddMonthAct(ctx context.Context, sede desk.SedeID, period string, a desk.MonthAct, checks []work.RightsCheck, mails []desk.Effect) error

	LoadDirectory(ctx context.Context) (directory.Records, int, error)
	SaveDirectory(ctx context.Context, r directory.Records, revision int) error
	PublishCatalogue(ctx context.Context, c directory.Catalogue) error
	Calendar(ctx context.Context) (calendar.Book, error)
	ChangeCalendar(ctx context.Context, c calendar.Change) error
	SetInstitution(ctx context.Context, i desk.Institution, from time.Time) error
	work.Institutions
	PublishEdition(ctx context.Context, number int, e desk.Edition) error
	Telling(ctx context.Context, number int) (desk.Telling, error)
	SetTelling(ctx context.Context, number int, t desk.Telling) error
	SetPolicy(ctx context.Context, p flow.Policy, from time.Time) error
	BindSubject(ctx context.Context, issuer, subject string, person desk.PersonID) error
	PersonOfSubject(ctx context.Context, issuer, subject string) (desk.PersonID, error)
	SessionEpoch(ctx context.Context, person desk.PersonID) (int, error)
	EndSessions(ctx context.Context, person desk.PersonID) (int, error)

	Offset(ctx context.Context) (time.Duration, error)
	SetOffset(ctx context.Context, d time.Duration) error
	Watermark(ctx context.Context, name string) (time.Time, error)
	SetWatermark(ctx context.Context, name string, at time.Time) error
	Credential(ctx context.Context, id desk.TicketID, delivery int) (desk.Credential, error)
	LinkTries(ctx context.Context, linkID string) (n int, lockedTo time.Time, err error)
	CountTry(ctx context.Context, linkID string, maxTries int, lockTo time.Time) (int, error)
	MailRecord(ctx context.Context, id string) (work.MailRecord, bool, error)
	PutMailRecord(ctx context.Context, r work.MailRecord) error
	MailsRecorded(ctx context.Context, ids []string) (map[string]bool, error)
	SetLostMails(ctx context.Context, list []work.LostMail) error
	LostMails(ctx context.Context) ([]work.LostMail, error)
	CountMail(ctx context.Context, name, day, mail string, most int) (bool, error)
}

var _ Contract = (*Store)(nil)

// RunStore holds a store against the contract. newStore makes an empty one for
// each test.
func RunStore(t *testing.T, newStore func(t *testing.T) Contract) {
	for _, group := range []struct {
		name string
		run  func(t *testing.T, s Contract)
	}{
		{"an opened ticket is read as it was written", opensTicket},
		{"an absent ticket is not found", absentTicket},
		{"an act that somebody overtook is a conflict", staleCommit},
		{"a refused commit leaves nothing behind", nothingBehind},
		{"a wait is opened, moved and settled once", waitLife},
		{"a machine that was started anew refuses the old generation", machineGeneration},
		{"rights that moved refuse the act that rested on them", rightsCheck},
		{"a ticket that would not fit is an error", tooLong},
		{"a key in force refuses a second act", keyInForce},
		{"a key is free again when its time is over", keyOver},
		{"hostile keys never meet", hostileKeys},
		{"texts are read beside their record, and apart", textsApart},
		{"twenty at once open with one key and one wins", raceKey},
		{"fifty at once change one ticket and none is lost", raceVersion},
		{"fifty decide at once and one decides", raceDecision},
		{"fifty close at once and the register has no gap", raceRegister},
		{"numbers of a year are drawn once", raceNumber},
		{"a row is written again under its own ticket only", rewriteRow},
		{"the state of a row moves alone, its ticket's only", moveRowState},
		{"acts on a month are kept in their order, beside its rows", monthActs},
		{"rights that moved refuse the act on a month", monthRights},
		{"fifty sign a month at once and one signs", raceMonth},
		{"a room's day comes back as it was written", roomDays},
		{"a room's day that somebody wrote meanwhile refuses the whole act", roomDayConflict},
		{"fifty book one slot at once and one has it", raceRoom},
		{"an outbox item is claimed by one", claimOnce},
		{"a claim counts, a lease that ran out is taken over", claimAgain},
		{"an item that ended is not finished again", finishOnce},
		{"due items come when due, and only then", dueEffects},
		{"a mail that failed is listed until it is sent again", failedMails},
		{"items are added once, a page may come twice", addEffectsTwice},
		{"what is heard of a mail never steps back", deliveryNeverStepsBack},
		{"fifty at once tell of a mail and the last word stands", raceDelivery},
		{"an item that nobody knew of is confirmed, and no other", confirmsSent},
		{"an address that takes no mail is listed until it is used again", suppressedAddresses},
		{"fifty at once close an address and it is closed once", raceSuppression},
		{"a fan-out's items stand apart and are counted", countsFanOut},
		{"a token is kept for an open wait of the latest generation", tokenRules},
		{"due waits are those whose date came", dueWaits},
		{"a machine is healed once", healOnce},
		{"a stuck machine is listed until it moves", stuckList},
		{"a queue lists by priority and age, page by page", queueOrder},
		{"a queue forgets what left it", queueLeaves},
		{"who asked sees the newest first", requesterOrder},
		{"everybody asked sees what they may decide", pendingAll},
		{"what a person decided is listed, newest first", decisions},
		{"what is to be regularised is listed until it is", listsUnregularised},
		{"a number finds its ticket at once", byNumber},
		{"a bad cursor is the reader's mistake", badCursor},
		{"a mass incident keeps who joined it, and takes none when it moved", family},
		{"all tickets are found by verifying", allTickets},
		{"a directory comes back as it was saved", directoryRound},
		{"a directory saved by somebody else meanwhile is a conflict", directoryConflict},
		{"only the rights that changed move", directoryRights},
		{"a big import is true in one moment", directoryBig},
		{"the catalogue and policy in force hold", settingsInForce},
		{"a change of the days off follows on the last one", calendarChanges},
		{"a wait is dated anew while it is open and as it was read", redates},
		{"the institution of the day is the one set for it", institutionInForce},
		{"the edition of the day is the one that rules then", editionInForce},
		{"a notice to everybody goes on where it was", tellings},
		{"an identity belongs to one person", subjects},
		{"ending sessions moves the epoch", sessions},
		{"the local clock never goes back", clock},
		{"a credential is kept, shown once and gone", credentialOnce},
		{"a credential that was replaced is gone", credentialDropped},
		{"fifty at once show a credential and one shows it", raceCredential},
		{"wrong codes lock a link and count anew", linkTries},
		{"a lost mail is listed until it has a record", lostMails},
		{"watermarks and daily counters keep their count", counters},
	} {
		t.Run(group.name, func(t *testing.T) { group.run(t, newStore(t)) })
	}
}

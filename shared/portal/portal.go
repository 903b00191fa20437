// Package portal serves the pages of people who are signed in: asking for help,
// following a case, attending it, deciding on it, reading the register.
//
// A page is a handler that fills a view model of package web. What it may show
// comes from work.Reader.Look, what it may change from work's road, and what the
// procedure allows from package flow; nothing here decides. So a page is small,
// and the three rules that all pages share stand in one place, visit.go:
//
//   - who is looking is known before the page runs, and looked up anew each time;
//   - a form without the token of this session changes nothing;
//   - what a person may not read is not found: 404, never 403 (F39).
//
// Every form answers success with 303, so that going back sends nothing again,
// and carries a key, so that sending it twice is sending it once. What was typed
// is drawn again beside what is wrong with it, and survives a session that ended
// in between (kept.go of package session).
package portal

import (
	"context"
	"net/http"
	"time"

	"mesa/shared/absence"
	"mesa/shared/desk"
	"mesa/shared/directory"
	"mesa/shared/flow"
	"mesa/shared/intake"
	"mesa/shared/mail"
	"mesa/shared/register"
	"mesa/shared/session"
	"mesa/shared/upload"
	"mesa/shared/web"
	"mesa/shared/work"
)

// Lists are the store's lists of tickets and rows.
type Lists interface {
	ByNumber(ctx context.Context, n desk.Number) (desk.TicketID, error)
	ByRequester(ctx context.Context, person desk.PersonID, cursor string, limit int) ([]desk.Ticket, string, error)
	Queue(ctx context.Context, team desk.TeamID, level desk.Level, cursor string, limit int) ([]desk.Ticket, string, error)
	Undecided(ctx context.Context) ([]desk.Ticket, error)
	PendingApprovals(ctx context.Context, person desk.PersonID) ([]desk.Ticket, error)
	Decisions(ctx context.Context, person desk.PersonID, limit int) ([]work.Decided, error)
	Unregularised(ctx context.Context) ([]desk.Ticket, error)
	MassIncidents(ctx context.Context) ([]desk.Ticket, error)
	Children(ctx context.Context, parent desk.TicketID) ([]desk.TicketID, error)
	StuckMachines(ctx context.Context) ([]work.TicketMachine, error)
	Load(ctx context.Context, id desk.TicketID) (work.Stored, error)
}

// Reader shows tickets as one person may see them: *work.Reader.
type Reader interface {
	Look(ctx context.Context, id desk.TicketID, act desk.Act) (work.View, error)
	World(ctx context.Context, act desk.Act) (*directory.Directory, directory.Catalogues, flow.Rights, error)
	Countdowns(ctx context.Context, tickets []desk.Ticket, now time.Time) (map[desk.TicketID]flow.Countdown, error)
}

// Rooms are the days of rooms and what views of a ticket keep back: the PIN and
// the addresses of recordings (R131, R147).
type Rooms interface {
	RoomDays(ctx context.Context, room desk.RoomID, from, to string) ([]desk.RoomDay, error)
	// PIN records who asks and then gives the PIN of a date; desk.Refused if it is
	// not theirs to know.
	PIN(ctx context.Context, act desk.Act, row int) (string, error)
	// Recording gives the address of a copy; desk.NotFound after its last day.
	Recording(ctx context.Context, v work.View, row int, now time.Time) (string, error)
}

// Road is the only way to change a ticket: *work.Road.
type Road interface {
	Perform(ctx context.Context, act desk.Act) (work.Result, error)
}

// Identities ties who the issuer knows to who the directory knows.
type Identities interface {
	// PersonOfSubject fails with desk.NotFound for an identity not yet bound.
	PersonOfSubject(ctx context.Context, issuer, subject string) (desk.PersonID, error)
	BindSubject(ctx context.Context, issuer, subject string, person desk.PersonID) error
}

// Held are the received mails that wait for a person's eyes.
type Held interface {
	List(ctx context.Context, cursor string) (mails []intake.Record, next string, err error)
	// Get fails with desk.NotFound for a mail that is not held (any more).
	Get(ctx context.Context, id string) (intake.Record, mail.Message, error)
	// Release makes it a contact in the name of a person of the directory.
	Release(ctx context.Context, id string, as desk.PersonID, actor desk.Actor) (desk.TicketID, error)
	// Attach makes it a comment; desk.NotFound for a number that is none.
	Attach(ctx context.Context, id string, number desk.Number, actor desk.Actor) error
	Discard(ctx context.Context, id, reason string, actor desk.Actor) error
	// Settled tells what became of a mail that a person settled.
	Settled(ctx context.Context, id string) (rec intake.Record, ok bool, err error)
	// Original reads any received mail; desk.NotFound for an id that is none.
	Original(ctx context.Context, id string) (intake.Record, mail.Message, error)
}

// Letters lists the mails that failed, or of which nobody knows whether they
// left, and those received that became nothing.
type Letters interface {
	FailedMails(ctx context.Context, limit int) ([]desk.Effect, error)
	LostMails(ctx context.Context) ([]work.LostMail, error)
}

// Machines starts a stuck machine anew: *machines.Retrier.
type Machines interface {
	Retry(ctx context.Context, id desk.TicketID, m desk.Machine) error
}

// Files signs short links to attachments: *s3store.Bucket.
type Files interface {
	Download(ctx context.Context, key, name string) (string, error)
}

// Issuer is where people sign in: *session.Issuer.
type Issuer interface {
	Begin(ctx context.Context, back string, fresh bool) (address string, trip session.Trip, err error)
	Finish(ctx context.Context, trip session.Trip, code string) (session.Identity, error)
}

// Portal serves the pages. Its fields are set once, by main.
type Portal struct {
	Lists      Lists
	Reader     Reader
	Road       Road
	Rooms      Rooms
	Identities Identities
	Held       Held      // nil: no mails are shown, held ones nor originals
	Letters    Letters   // nil: operations lists no mails
	Addresses  Addresses // nil: the addresses that take no mail are not shown
	Machines   Machines
	Calendars  work.Calendars
	Policies   work.PolicyStore // the local settings of time: R37
	Files      Files
	Uploads    *upload.Desk
	Sealer     work.Sealer // of one-time credentials
	Absences   *absence.Desk
	Registers  *register.Desk
	Issuer     Issuer
	Cookies    *session.Cookies
	Pages      *web.Pages
	Now        func(ctx context.Context) (time.Time, error) // business clock
	BaseURL    string                                       // public address, no slash at the end
	Local      bool                                         // a practice desk says so

	Institutions work.Institutions // whose desk it is, and under which edition of the procedure
}

// maxBody is far above the longest form and far below what hurts.
const maxBody = 512 << 10

// Routes are all paths of the portal. A form sent from another site is refused
// before anything else looks at it.
func (p *Portal) Routes() (http.Handler, error) {
	mux := http.NewServeMux()
	mux.Handle("GET "+web.AssetsPath, p.Pages.Assets())
	mux.Handle(web.ThemePath, web.Theme())
	p.sessionRoutes(mux)
	p.requestRoutes(mux)
	p.ticketRoutes(mux)
	p.staffRoutes(mux)
	p.roomRoutes(mux)
	p.helpRoutes(mux)
	p.calendarRoutes(mux)
	mux.HandleFunc("/", p.page(func(*visit) error { return notFound() }))
	guard := http.NewCrossOriginProtection()
	if err := guard.AddTrustedOrigin(p.BaseURL); err != nil {
		return nil, err
	}
	guard.SetDenyHandler(http.HandlerFunc(p.foreign))
	return http.MaxBytesHandler(guard.Handler(mux), maxBody), nil
}

func (p *Portal) requestRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", p.page((*visit).home))
	mux.HandleFunc("GET /tickets", p.page((*visit).myCases))
	mux.HandleFunc("GET /ticket-forms", p.page((*visit).services))
	mux.HandleFunc("GET /ticket-forms/{service}", p.page((*visit).newRequest))
	mux.HandleFunc("POST /ticket-forms/{service}", p.page((*visit).sendRequest))
	mux.HandleFunc("GET /ticket-forms/{service}/review", p.page((*visit).backToForm))
	mux.HandleFunc("POST /ticket-forms/{service}/review", p.page((*visit).reviewRequest))
}

func (p *Portal) ticketRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /tickets/{number}", p.page((*visit).ticket))
	mux.HandleFunc("GET /tickets/{number}/targets", p.page((*visit).targets))
	mux.HandleFunc("GET /tickets/{number}/files", p.page((*visit).showFiles))
	mux.HandleFunc("POST /tickets/{number}/files", p.page((*visit).nameFile))
	mux.HandleFunc("GET /tickets/{number}/files/{upload}", p.page((*visit).receiveFile))
	mux.HandleFunc("GET /tickets/{number}/files/{seq}/{n}", p.page((*visit).file))
	mux.HandleFunc("GET /tickets/{number}/mails/{seq}", p.page((*visit).original))
	mux.HandleFunc("GET /tickets/{number}/acts/{act}", p.page((*visit).showAct))
	mux.HandleFunc("POST /tickets/{number}/acts/{act}", p.page((*visit).performAct))
	mux.HandleFunc("GET /tickets/{number}/decisions", p.page((*visit).showDecision))
	mux.HandleFunc("POST /tickets/{number}/decisions", p.page((*visit).decide))
	mux.HandleFunc("GET /tickets/{number}/decisions/transfers", p.page((*visit).showTransfer))
	mux.HandleFunc("POST /tickets/{number}/decisions/transfers", p.page((*visit).transfer))
	mux.HandleFunc("GET /approvals", p.page((*visit).approvals))
	mux.HandleFunc("POST /incidents/{number}/me-too", p.page((*visit).meToo))
	mux.HandleFunc("POST /approvals", p.page((*visit).decideSeveral))
	mux.HandleFunc("GET /regularisations", p.page((*visit).regularisations))
	mux.HandleFunc("GET "+absencesPath, p.page((*visit).absences))
	mux.HandleFunc("POST "+absencesPath, p.page((*visit).addAbsence))
	mux.HandleFunc("POST "+absencesPath+"/{from}/end", p.page((*visit).endAbsence))
}

func (p *Portal) staffRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /queue", p.page((*visit).queue))
	mux.HandleFunc("GET /queue/without-approver", p.page((*visit).withoutApprover))
	mux.HandleFunc("GET /phone-contacts/new", p.page((*visit).showPhone))
	mux.HandleFunc("POST /phone-contacts/new", p.page((*visit).phone))
	mux.HandleFunc("GET /register", p.page((*visit).ownRegister))
	mux.HandleFunc("GET /register/{sede}/{month}", p.page((*visit).register))
	mux.HandleFunc("GET /register/{sede}/{month}"+signOffsPath, p.page((*visit).showSignOff))
	mux.HandleFunc("POST /register/{sede}/{month}"+signOffsPath, p.page((*visit).signOff))
	mux.HandleFunc("GET /register/{sede}/{month}"+reopeningsPath, p.page((*visit).showReopening))
	mux.HandleFunc("POST /register/{sede}/{month}"+reopeningsPath, p.page((*visit).reopenMonth))
	mux.HandleFunc("GET /mail-quarantine", p.page((*visit).heldMails))
	mux.HandleFunc("GET /mail-quarantine/{id}", p.page((*visit).heldMail))
	mux.HandleFunc("POST /mail-quarantine/{id}/{way}", p.page((*visit).settleMail))
	mux.HandleFunc("GET "+suppressedPath, p.page((*visit).suppressedAddresses))
	mux.HandleFunc("GET "+suppressedPath+"/{key}", p.page((*visit).showSuppressed))
	mux.HandleFunc("POST "+suppressedPath+"/{key}", p.page((*visit).reopenAddress))
	mux.HandleFunc("GET /admin/operations", p.page((*visit).operations))
	mux.HandleFunc("GET "+localTargetsPath, p.page((*visit).localTargets))
	mux.HandleFunc("POST "+localTargetsPath+"/{what}", p.page((*visit).changeLocalTargets))
	mux.HandleFunc("POST /admin/operations/machines/{ticket}/{machine}", p.page((*visit).retryMachine))
}

func (p *Portal) helpRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /help", p.page((*visit).guide))
	mux.HandleFunc("GET /procedure", p.page((*visit).procedure))
	mux.HandleFunc("GET "+procedureTextPath, p.page((*visit).procedureText))
	mux.HandleFunc("GET "+procedureFilePath, p.page((*visit).procedureFile))
	mux.HandleFunc("GET /glossary", p.page((*visit).glossary))
}

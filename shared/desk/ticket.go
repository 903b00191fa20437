package desk

import (
	"encoding/json"
	"fmt"
	"time"
)

// Ticket is the fold of a ticket's records: what rules and lists need, stored
// in at most MaxTicketBytes. It holds no free text but Subject. Times are UTC
// and whole seconds.
type Ticket struct {
	ID        TicketID  `json:"-"`
	Number    Number    `json:"n"`
	Version   int       `json:"-"` // acts so far: the optimistic lock, and the last record's Seq
	Flow      FlowCode  `json:"f,omitempty"`
	Rules     int       `json:"v,omitempty"`
	Contact   bool      `json:"ct,omitempty"` // an L1 contact that has not become a PAU ticket
	Service   ServiceID `json:"sv,omitempty"`
	Kind      Kind      `json:"k,omitempty"`
	Priority  Priority  `json:"p,omitempty"`
	Suggested bool      `json:"ps,omitempty"` // priority is the form's suggestion, not the desk's (R36)
	State     State     `json:"st"`
	Level     Level     `json:"l,omitempty"`
	Team      TeamID    `json:"t,omitempty"`
	Assignee  PersonID  `json:"a,omitempty"`

	Requester   PersonID `json:"r,omitempty"`
	Unit        UnitID   `json:"u,omitempty"`
	Sede        SedeID   `json:"s,omitempty"`
	Territorial bool     `json:"ut,omitempty"`
	Unverified  bool     `json:"uv,omitempty"`
	Channel     Channel  `json:"c,omitempty"`
	Subject     string   `json:"sj,omitempty"` // ≤ MaxSubject characters, from the texts
	Missing     []string `json:"ms,omitempty"` // fields asked for and not yet given
	From        TicketID `json:"from,omitempty"`
	Linked      TicketID `json:"to,omitempty"`
	Mass        bool     `json:"mi,omitempty"` // a mass incident: others may join it
	Parent      TicketID `json:"pt,omitempty"` // the mass incident it goes with

	OpenedAt    time.Time `json:"o"`
	WorkAt      time.Time `json:"w,omitzero"`  // when work could begin
	RespondedAt time.Time `json:"rs,omitzero"` // first taken by somebody
	ClosedAt    time.Time `json:"cl,omitzero"`
	Warned      int       `json:"wn,omitempty"` // furthest step of the present local target, in percent, that was told or passed over
	Stops       int       `json:"pm,omitempty"` // how often work stopped since WorkAt: if at all, the records tell when (older tickets: minutes)

	Stage    Stage      `json:"sg,omitempty"` // the open approval stage
	More     []Stage    `json:"sm,omitempty"` // stages after it
	Asked    []Asked    `json:"ak,omitempty"`
	Declined []PersonID `json:"dc,omitempty"` // said the open stage is not theirs: not asked again
	Approved []PersonID `json:"ap,omitempty"` // said yes to a stage of these approvals: not asked at the next
	Heads    []PersonID `json:"hd,omitempty"` // everybody ever asked: they may read on
	StageAt  Mark       `json:"sa,omitzero"`
	LevelAt  Mark       `json:"la,omitzero"`
	PauseAt  Mark       `json:"pa,omitzero"`
	GearAt   Mark       `json:"ga,omitzero"` // diagnosis, its pause, custody or return wait
	Gear     Gear       `json:"g,omitempty"`
	GearLeft int        `json:"gl,omitempty"` // seconds left of a diagnosis that was paused: R114
	DataAt   Mark       `json:"da,omitzero"`
	VerifyAt Mark       `json:"va,omitzero"` // closed, and who asked may still say that it fails

	Regular   Regular `json:"rg,omitempty"` // authorised by mail, to be regularised: R90
	RegularAt Mark    `json:"ra,omitzero"`

	Pases      int              `json:"np,omitempty"`
	Failures   int              `json:"ne,omitempty"` // execution errors: R78
	Executed   bool             `json:"xk,omitempty"` // the last execution went well
	Chain      Chain            `json:"ch,omitempty"` // infrastructure's solution, acknowledged so far: R97
	Told       Medium           `json:"td,omitempty"` // how the requester was last told
	Outage     time.Time        `json:"ou,omitzero"`  // start of the announced interruption
	ExpectedAt time.Time        `json:"xp,omitzero"`  // when a provider said they would answer: R47
	Last       map[Level]Holder `json:"h,omitempty"`  // who held each level last: R50
	Files      FileSet          `json:"fl,omitempty"` // purposes for which there are files: R74, R98, R126
	Row        int              `json:"rw,omitempty"` // row of Anexo 01
	RowMonth   string           `json:"rm,omitempty"`
	Reopened   int              `json:"ro,omitempty"`
	Meetings   Meetings         `json:"mt,omitempty"` // the dates of 8.8
	Terms      Terms            `json:"mq,omitempty"` // and their conditions

	Proveido Proveido `json:"pv,omitempty"` // of 8.4.2
	Access   Access   `json:"ax,omitempty"` // of 8.4.3
	Unseen   []Mark   `json:"uc,omitempty"` // credentials delivered by link and not shown yet, by the act that delivered them
}

// Limits of the stored fold.
const (
	MaxTicketBytes  = 1024
	MaxSubject      = 120
	maxSubjectBytes = 180 // as JSON: 120 characters of Spanish, accents included
)

// Mark is when a wait began, by which act, and how far its dates went. It is
// stored as [seq, at, round, step], times in seconds: a ticket holds up to three,
// and spelled out they alone would be a quarter of its size.
type Mark struct {
	Seq    int
	At     time.Time
	Round  int       // 1, then one more for each reminder
	StepAt time.Time // when the last reminder was
}

// MarshalJSON writes the short form.
func (m Mark) MarshalJSON() ([]byte, error) {
	return json.Marshal([4]int64{int64(m.Seq), seconds(m.At), int64(m.Round), seconds(m.StepAt)})
}

// UnmarshalJSON reads the short form.
func (m *Mark) UnmarshalJSON(data []byte) error {
	var v [4]int64
	if err := json.Unmarshal(data, &v); err != nil {
		return fmt.Errorf("mark: %w", err)
	}
	*m = Mark{Seq: int(v[0]), At: instant(v[1]), Round: int(v[2]), StepAt: instant(v[3])}
	return nil
}

// seconds is Unix time, 0 for no time at all.
func seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

func instant(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// Open tells whether the mark stands.
func (m Mark) Open() bool { return m.Seq > 0 }

// Gear is where a piece of equipment stands in 8.6.4–8.6.5.
type Gear string

// The steps of the equipment: R113–R116.
const (
	GearNone      Gear = ""
	GearDiagnosis Gear = "diagnosis" // being diagnosed, the 60 minutes run
	GearPaused    Gear = "paused"    // being diagnosed, the 60 minutes stand still for a recorded reason
	GearToMove    Gear = "to-move"   // the transfer was announced
	GearCustody   Gear = "custody"   // at the UTI office
	GearReturned  Gear = "returned"
	GearStayed    Gear = "stayed" // announced, not moved
)

// Received stands in Ticket.Last for the Level 1 team that a contact reached
// before it went to another's: 8.2.1. It is no level to go back to.
const Received Level = 0

// Holder is who held a level last, and for which team.
type Holder struct {
	Team   TeamID   `json:"t"`
	Person PersonID `json:"p,omitempty"`
}

// AskedPerson returns the entry of p among those asked in the open stage.
func (t Ticket) AskedPerson(p PersonID) (Asked, bool) {
	for _, a := range t.Asked {
		if a.Person == p {
			return a, true
		}
	}
	return Asked{}, false
}

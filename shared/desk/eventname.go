package desk

import (
	"encoding/json"
	"fmt"
)

// EventName implementations: the stored tag is the type's name.

func (ContactOpened) EventName() string         { return "ContactOpened" }
func (SenderConfirmed) EventName() string       { return "SenderConfirmed" }
func (TicketOpened) EventName() string          { return "TicketOpened" }
func (TicketClassified) EventName() string      { return "TicketClassified" }
func (DataRequested) EventName() string         { return "DataRequested" }
func (DataProvided) EventName() string          { return "DataProvided" }
func (TicketRedirected) EventName() string      { return "TicketRedirected" }
func (TicketLinked) EventName() string          { return "TicketLinked" }
func (ApprovalRequested) EventName() string     { return "ApprovalRequested" }
func (StageSkipped) EventName() string          { return "StageSkipped" }
func (StageApproved) EventName() string         { return "StageApproved" }
func (StageRejected) EventName() string         { return "StageRejected" }
func (TicketRejected) EventName() string        { return "TicketRejected" }
func (ApprovalReminded) EventName() string      { return "ApprovalReminded" }
func (ApprovalPassedOn) EventName() string      { return "ApprovalPassedOn" }
func (ApprovalDeclined) EventName() string      { return "ApprovalDeclined" }
func (TicketWithdrawn) EventName() string       { return "TicketWithdrawn" }
func (PrioritySet) EventName() string           { return "PrioritySet" }
func (LevelEntered) EventName() string          { return "LevelEntered" }
func (TicketAssigned) EventName() string        { return "TicketAssigned" }
func (TicketTaken) EventName() string           { return "TicketTaken" }
func (QuestionAsked) EventName() string         { return "QuestionAsked" }
func (QuestionAnswered) EventName() string      { return "QuestionAnswered" }
func (CommentAdded) EventName() string          { return "CommentAdded" }
func (NoteAdded) EventName() string             { return "NoteAdded" }
func (RequesterTold) EventName() string         { return "RequesterTold" }
func (ContactLogged) EventName() string         { return "ContactLogged" }
func (WorkaroundRecorded) EventName() string    { return "WorkaroundRecorded" }
func (DiagnosisStarted) EventName() string      { return "DiagnosisStarted" }
func (TransferAnnounced) EventName() string     { return "TransferAnnounced" }
func (CustodyTaken) EventName() string          { return "CustodyTaken" }
func (TransferCancelled) EventName() string     { return "TransferCancelled" }
func (EquipmentReturned) EventName() string     { return "EquipmentReturned" }
func (PaseHandedOver) EventName() string        { return "PaseHandedOver" }
func (InterruptionAnnounced) EventName() string { return "InterruptionAnnounced" }
func (ExecutionSucceeded) EventName() string    { return "ExecutionSucceeded" }
func (ExecutionFailed) EventName() string       { return "ExecutionFailed" }
func (WaitReminded) EventName() string          { return "WaitReminded" }
func (TicketClosed) EventName() string          { return "TicketClosed" }
func (RowRegistered) EventName() string         { return "RowRegistered" }
func (TicketReopened) EventName() string        { return "TicketReopened" }
func (MailResent) EventName() string            { return "MailResent" }
func (FilesAttached) EventName() string         { return "FilesAttached" }
func (MeetingsRequested) EventName() string     { return "MeetingsRequested" }
func (MultiuseAuthorised) EventName() string    { return "MultiuseAuthorised" }
func (SlotProposed) EventName() string          { return "SlotProposed" }
func (SlotAccepted) EventName() string          { return "SlotAccepted" }
func (SlotDeclined) EventName() string          { return "SlotDeclined" }
func (RoomBooked) EventName() string            { return "RoomBooked" }
func (RoomMoved) EventName() string             { return "RoomMoved" }
func (DateCancelled) EventName() string         { return "DateCancelled" }
func (PINShown) EventName() string              { return "PINShown" }
func (RecordingDelivered) EventName() string    { return "RecordingDelivered" }

func (ProveidoDerived) EventName() string     { return "ProveidoDerived" }
func (AccessCreated) EventName() string       { return "AccessCreated" }
func (CredentialDelivered) EventName() string { return "CredentialDelivered" }
func (CredentialShown) EventName() string     { return "CredentialShown" }
func (ProveidoArchived) EventName() string    { return "ProveidoArchived" }

// EventKinds returns one zero value of every event type, in the order above.
func EventKinds() []Event {
	return []Event{
		ContactOpened{}, SenderConfirmed{}, TicketOpened{}, TicketClassified{}, DataRequested{}, DataProvided{},
		TicketRedirected{}, TicketLinked{}, ApprovalRequested{}, StageSkipped{}, StageApproved{}, StageRejected{},
		TicketRejected{}, ApprovalReminded{}, ApprovalPassedOn{}, ApprovalDeclined{}, TicketWithdrawn{}, PrioritySet{},
		LevelEntered{}, TicketAssigned{}, TicketTaken{}, QuestionAsked{}, QuestionAnswered{}, CommentAdded{}, NoteAdded{},
		RequesterTold{}, ContactLogged{}, WorkaroundRecorded{}, DiagnosisStarted{}, TransferAnnounced{}, CustodyTaken{},
		TransferCancelled{}, EquipmentReturned{}, PaseHandedOver{}, InterruptionAnnounced{}, ExecutionSucceeded{},
		ExecutionFailed{}, WaitReminded{}, TicketClosed{}, RowRegistered{}, TicketReopened{}, MailResent{},
		VerificationRequested{}, VerificationConfirmed{}, VerificationFailed{},
		VendorCaseOpened{}, VendorAnswered{}, TicketReclassified{},
		FilesAttached{},
		DiagnosisPaused{}, DiagnosisResumed{},
		SolutionReported{}, SolutionAcknowledged{},
		ProveidoDerived{}, AccessCreated{}, CredentialDelivered{}, CredentialShown{}, ProveidoArchived{},
		ServiceInterrupted{}, RestorationAnnounced{},
		AuthorisedByMail{}, AuthorisationRegularised{}, AuthorisationDenied{},
		MeetingsRequested{}, MultiuseAuthorised{}, SlotProposed{}, SlotAccepted{}, SlotDeclined{}, RoomBooked{}, RoomMoved{},
		DateCancelled{}, PINShown{}, RecordingDelivered{},
		MassDeclared{}, TicketJoined{}, TicketSeparated{},
	}
}

// tagged is the stored form of one event: {"e":"TicketTaken","b":{"l":2}}.
type tagged struct {
	Name string          `json:"e"`
	Body json.RawMessage `json:"b"`
}

// EncodeEvents writes events as the JSON array that is stored and hashed.
func EncodeEvents(events []Event) ([]byte, error) {
	list := make([]tagged, 0, len(events))
	for _, e := range events {
		body, err := json.Marshal(e)
		if err != nil {
			return nil, fmt.Errorf("encode event %s: %w", e.EventName(), err)
		}
		list = append(list, tagged{e.EventName(), body})
	}
	return json.Marshal(list)
}

// DecodeEvents reads what EncodeEvents wrote. An unknown name is an error: a
// fold that skips a fact would be a lie.
func DecodeEvents(data []byte) ([]Event, error) {
	var list []tagged
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, fmt.Errorf("decode events: %w", err)
	}
	events := make([]Event, 0, len(list))
	for _, item := range list {
		decode, ok := decoders[item.Name]
		if !ok {
			return nil, fmt.Errorf("decode events: unknown event %q", item.Name)
		}
		e, err := decode(item.Body)
		if err != nil {
			return nil, fmt.Errorf("decode event %s: %w", item.Name, err)
		}
		events = append(events, e)
	}
	return events, nil
}

// as decodes one event type.
func as[E Event](body []byte) (Event, error) {
	var e E
	err := json.Unmarshal(body, &e)
	return e, err
}

// decoders maps a stored tag to its type; a test holds it against EventKinds.
var decoders = map[string]func([]byte) (Event, error){
	"ContactOpened": as[ContactOpened], "SenderConfirmed": as[SenderConfirmed], "TicketOpened": as[TicketOpened],
	"TicketClassified": as[TicketClassified], "DataRequested": as[DataRequested], "DataProvided": as[DataProvided],
	"TicketRedirected": as[TicketRedirected], "TicketLinked": as[TicketLinked], "ApprovalRequested": as[ApprovalRequested],
	"StageSkipped": as[StageSkipped], "StageApproved": as[StageApproved], "StageRejected": as[StageRejected],
	"TicketRejected": as[TicketRejected], "ApprovalReminded": as[ApprovalReminded], "ApprovalPassedOn": as[ApprovalPassedOn],
	"ApprovalDeclined": as[ApprovalDeclined], "TicketWithdrawn": as[TicketWithdrawn], "PrioritySet": as[PrioritySet],
	"LevelEntered": as[LevelEntered], "TicketAssigned": as[TicketAssigned], "TicketTaken": as[TicketTaken],
	"QuestionAsked": as[QuestionAsked], "QuestionAnswered": as[QuestionAnswered], "CommentAdded": as[CommentAdded],
	"NoteAdded": as[NoteAdded], "RequesterTold": as[RequesterTold], "ContactLogged": as[ContactLogged],
	"WorkaroundRecorded": as[WorkaroundRecorded], "DiagnosisStarted": as[DiagnosisStarted], "TransferAnnounced": as[TransferAnnounced],
	"CustodyTaken": as[CustodyTaken], "TransferCancelled": as[TransferCancelled], "EquipmentReturned": as[EquipmentReturned],
	"PaseHandedOver": as[PaseHandedOver], "InterruptionAnnounced": as[InterruptionAnnounced], "ExecutionSucceeded": as[ExecutionSucceeded],
	"ExecutionFailed": as[ExecutionFailed], "WaitReminded": as[WaitReminded], "TicketClosed": as[TicketClosed],
	"RowRegistered": as[RowRegistered], "TicketReopened": as[TicketReopened], "MailResent": as[MailResent],
	"VerificationRequested": as[VerificationRequested], "VerificationConfirmed": as[VerificationConfirmed], "VerificationFailed": as[VerificationFailed],
	"VendorCaseOpened": as[VendorCaseOpened], "VendorAnswered": as[VendorAnswered], "TicketReclassified": as[TicketReclassified],
	"FilesAttached":   as[FilesAttached],
	"DiagnosisPaused": as[DiagnosisPaused], "DiagnosisResumed": as[DiagnosisResumed],
	"SolutionReported": as[SolutionReported], "SolutionAcknowledged": as[SolutionAcknowledged],
	"ProveidoDerived": as[ProveidoDerived], "AccessCreated": as[AccessCreated], "CredentialDelivered": as[CredentialDelivered],
	"CredentialShown": as[CredentialShown], "ProveidoArchived": as[ProveidoArchived],
	"ServiceInterrupted": as[ServiceInterrupted], "RestorationAnnounced": as[RestorationAnnounced],
	"AuthorisedByMail": as[AuthorisedByMail], "AuthorisationRegularised": as[AuthorisationRegularised], "AuthorisationDenied": as[AuthorisationDenied],
	"MeetingsRequested": as[MeetingsRequested], "MultiuseAuthorised": as[MultiuseAuthorised], "SlotProposed": as[SlotProposed],
	"SlotAccepted": as[SlotAccepted], "SlotDeclined": as[SlotDeclined], "RoomBooked": as[RoomBooked], "RoomMoved": as[RoomMoved],
	"DateCancelled": as[DateCancelled], "PINShown": as[PINShown], "RecordingDelivered": as[RecordingDelivered],
	"MassDeclared": as[MassDeclared], "TicketJoined": as[TicketJoined], "TicketSeparated": as[TicketSeparated],
}

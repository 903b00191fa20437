package notify

import (
	"testing"

	"mesa/shared/desk"
)

func TestEachMailCitesItsNumeral(t *testing.T) {
	at := func(f desk.FlowCode) desk.Ticket { return desk.Ticket{Flow: f} }
	passed := desk.Ticket{Flow: desk.Flow81, Pases: 1}
	returned := desk.Ticket{Flow: desk.Flow86, Gear: desk.GearReturned}
	tests := map[string]struct {
		message desk.Message
		ticket  desk.Ticket
		want    string
	}{
		"decision of a territorial unit":     {desk.MailDecide, incident(), "8.1.4 a"},
		"decision of headquarters":           {desk.MailDecide, at(desk.Flow81), "8.1.4 b"},
		"decision of the UTI":                {desk.MailDecideAgain, at(desk.Flow83), "8.3.2"},
		"receipt of a contact":               {desk.MailReceived, contactCase(), "8.1.1"},
		"receipt of a fault":                 {desk.MailReceived, at(desk.Flow86), "8.6.1"},
		"ticket needed":                      {desk.MailNeedTicket, contactCase(), "8.1.3"},
		"ticket needed, SGD":                 {desk.MailNeedTicket, at(desk.Flow82), "8.2.2"},
		"receipt of a contact about the SGD": {desk.MailReceived, desk.Ticket{Flow: desk.Flow82, Contact: true}, "8.2.1"},
		"typing error":                       {desk.MailTypingError, desk.Ticket{Flow: desk.Flow82, Contact: true}, "8.2.2"},
		"message about a contact of the SGD": {desk.MailReopened, desk.Ticket{Flow: desk.Flow82, Contact: true}, "8.2.2"},
		"verification of the SGD":            {desk.MailVerify, at(desk.Flow82), "8.2.4"},
		"verification of what was detected":  {desk.MailVerify, at(desk.Flow83), "8.3.3"},
		"assignment in 8.5":                  {desk.MailAssigned, at(desk.Flow85), "8.5.2"},
		"assignment in 8.1":                  {desk.MailAssigned, at(desk.Flow81), "8.1.5"},
		"question in 8.1":                    {desk.MailQuestion, at(desk.Flow81), "8.1.5"},
		"question in 8.7":                    {desk.MailQuestion, at(desk.Flow87), "8.7.3"},
		"pase":                               {desk.MailPase, passed, "8.1.6"},
		"pase of what the UTI detected":      {desk.MailPase, at(desk.Flow83), "8.3.3 a"},
		"execution error":                    {desk.MailExecutionFailed, passed, "8.1.8"},
		"closing at Level 1":                 {desk.MailClosed, contactCase(), "8.1.2"},
		"closing without pase":               {desk.MailClosed, at(desk.Flow81), "8.1.5"},
		"closing after a pase":               {desk.MailClosed, passed, "8.1.9"},
		"closing of equipment at its place":  {desk.MailClosed, at(desk.Flow86), "8.6.3"},
		"closing of equipment given back":    {desk.MailClosed, returned, "8.6.5"},
		"transfer":                           {desk.MailTransfer, at(desk.Flow86), "8.6.4"},
		"change of level":                    {desk.MailLevelChanged, at(desk.Flow85), "7.5"},
		"message":                            {desk.MailReply, at(desk.Flow85), "7.3"},
		"nothing known yet":                  {desk.MailReopened, desk.Ticket{}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := clause(desk.Notice{Message: tt.message}, tt.ticket); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

package httpapi

import (
	"time"

	"mesa/shared/desk"
)

// delivery is a mail of the ticket and how far it got.
type delivery struct {
	Ref      string           `json:"ref"`
	Message  desk.Message     `json:"message"`
	To       string           `json:"to"`
	State    desk.EffectState `json:"state"`
	Attempts int              `json:"attempts"`
	At       time.Time        `json:"at"`
	Heard    *heard           `json:"delivery,omitempty"`
}

// heard is what became of a mail after it was handed over.
type heard struct {
	State  desk.DeliveryState `json:"state"`
	Cause  desk.DeliveryCause `json:"cause,omitempty"`
	Status string             `json:"status,omitempty"`
	At     time.Time          `json:"at"`
}

func deliveries(effects []desk.Effect) []delivery {
	var list []delivery
	for _, e := range effects {
		if e.Mail != nil {
			list = append(list, delivery{e.Ref(), e.Mail.Message, e.Mail.To, e.State, e.Attempts, e.CreatedAt, heardOf(e.Delivery)})
		}
	}
	return list
}

func heardOf(d desk.Delivery) *heard {
	if !d.Known() {
		return nil
	}
	return &heard{d.State, d.Cause, d.Status, d.At}
}

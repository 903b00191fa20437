package directory

import (
	"bytes"
	_ "embed"
	"slices"
	"sync"
	"time"

	"mesa/shared/calendar"
	"mesa/shared/desk"
)

// Catalogue is one version of the service catalogue of 7.6. Tickets keep the
// version they were made under, so a version is never changed: a new one is
// published with the date from which it is offered (R5).
type Catalogue struct {
	Version   string        `json:"version"`
	Effective calendar.Date `json:"effective"`
	Services  []Service     `json:"services"`
}

// Service is one entry: a service of a type with its operations. Type is the
// catalogue's column TIPO and so the TIPOLOGÍA of Anexo 01 (R60).
type Service struct {
	ID         desk.ServiceID `json:"id"`
	Type       string         `json:"type"`
	Name       string         `json:"name"`
	Operations []string       `json:"operations"`
	Flow       desk.FlowCode  `json:"flow"`
	Kind       desk.Kind      `json:"kind"`
	FaultFlow  desk.FlowCode  `json:"faultFlow,omitempty"` // of an information system's failure
	Synonyms   []string       `json:"synonyms,omitempty"`

	Replaces []desk.ServiceID `json:"replaces,omitempty"` // withdrawn services that this one takes the place of
}

// Way is one road that a request for a service may take. Most services have
// one; an information system has its support and its failures, which are two
// clauses of the procedure and one typology.
type Way struct {
	Flow  desk.FlowCode
	Kind  desk.Kind
	Label string // Spanish, for choosing: empty where nothing is to choose
	Staff bool   // only a UTI specialist may open it (8.3.1)
}

// Ways lists the roads of a service, the ordinary one first.
func (s Service) Ways() []Way {
	if s.FaultFlow == "" {
		return []Way{{Flow: s.Flow, Kind: s.Kind}}
	}
	return []Way{
		{Flow: s.Flow, Kind: s.Kind, Label: "Instalación o configuración"},
		{Flow: s.FaultFlow, Kind: desk.Incident, Label: "Falla o lentitud"},
		{Flow: desk.Flow83, Kind: desk.Incident, Label: "Incidente detectado por la UTI", Staff: true},
	}
}

// Type is one of the catalogue's types with its services, in catalogue order.
type Type struct {
	Name     string
	Services []Service
}

// Types groups the services by type.
func (c Catalogue) Types() []Type {
	var types []Type
	for _, s := range c.Services {
		i := slices.IndexFunc(types, func(t Type) bool { return t.Name == s.Type })
		if i < 0 {
			i, types = len(types), append(types, Type{Name: s.Type})
		}
		types[i].Services = append(types[i].Services, s)
	}
	return types
}

// Service returns an entry by its id.
func (c Catalogue) Service(id desk.ServiceID) (Service, bool) {
	i := slices.IndexFunc(c.Services, func(s Service) bool { return s.ID == id })
	if i < 0 {
		return Service{}, false
	}
	return c.Services[i], true
}

// Catalogues are the published versions, in any order.
type Catalogues []Catalogue

// InForce is the version offered at an instant: the newest that is effective.
func (cs Catalogues) InForce(at time.Time) (Catalogue, bool) {
	today := calendar.DateOf(at)
	var newest Catalogue
	for _, c := range cs {
		if !today.Before(c.Effective) && !c.Effective.Before(newest.Effective) {
			newest = c
		}
	}
	return newest, newest.Version != ""
}

// At is the version offered at an instant; until one is published, the one that
// the procedure prints. A ticket keeps the version of the instant it was opened
// (R5): publish no version for days that are over.
func (cs Catalogues) At(at time.Time) Catalogue {
	if c, ok := cs.InForce(at); ok {
		return c
	}
	return First()
}

// Withdrawn tells of a service that was offered before an instant and is not
// any more, and which service of that instant took its place; the successor is
// empty where none did. A service replaced twice leads to the last of them.
func (cs Catalogues) Withdrawn(id desk.ServiceID, at time.Time) (successor Service, withdrawn bool) {
	now := cs.At(at)
	if _, offered := now.Service(id); offered {
		return Service{}, false
	}
	past := cs.until(at)
	for range past { // one step for each version at most, however replacements go round
		i := slices.IndexFunc(past, func(c Catalogue) bool { return c.replacing(id) != "" })
		if i < 0 {
			break
		}
		id, withdrawn = past[i].replacing(id), true
		if s, ok := now.Service(id); ok {
			return s, true
		}
	}
	return Service{}, withdrawn || slices.ContainsFunc(cs.until(at), func(c Catalogue) bool { _, ok := c.Service(id); return ok })
}

// until lists the versions in force up to an instant, the newest first.
func (cs Catalogues) until(at time.Time) []Catalogue {
	past := Catalogues{First()}
	for _, c := range cs {
		if c.Version != FirstVersion && !calendar.DateOf(at).Before(c.Effective) {
			past = append(past, c)
		}
	}
	slices.SortStableFunc(past, func(a, b Catalogue) int { return b.Effective.Start().Compare(a.Effective.Start()) })
	return past
}

// replacing is the service that takes the place of another in this version.
func (c Catalogue) replacing(id desk.ServiceID) desk.ServiceID {
	for _, s := range c.Services {
		if slices.Contains(s.Replaces, id) {
			return s.ID
		}
	}
	return ""
}

// Version is the version a ticket was made under.
func (cs Catalogues) Version(version string) (Catalogue, bool) {
	i := slices.IndexFunc(cs, func(c Catalogue) bool { return c.Version == version })
	if i < 0 {
		return Catalogue{}, false
	}
	return cs[i], true
}

// FirstVersion is the version of the catalogue that the procedure prints.
const FirstVersion = "01"

//go:embed data/catalogue-01.csv
var firstCatalogue []byte

// First is the catalogue exactly as 7.6 prints it, 8 types and 33 services, in
// force since the procedure was approved.
func First() Catalogue {
	c := first()
	c.Services = slices.Clone(c.Services)
	return c
}

// first reads the embedded file once.
var first = sync.OnceValue(func() Catalogue {
	c, _ := ParseCatalogue(FirstVersion, calendar.Date{Year: 2021, Month: time.July, Day: 15},
		File{Name: "catalogue-01.csv", Content: bytes.NewReader(firstCatalogue)})
	return c // a test holds the embedded file to being without problems
})

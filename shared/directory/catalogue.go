package directory

import (
	"bytes"
	_ "embed"
	"slices"
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
	c, _ := ParseCatalogue(FirstVersion, calendar.Date{Year: 2021, Month: time.July, Day: 15},
		File{Name: "catalogue-01.csv", Content: bytes.NewReader(firstCatalogue)})
	return c // a test holds the embedded file to being without problems
}

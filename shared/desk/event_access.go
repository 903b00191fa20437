package desk

// DateLayout is how a day is stored and typed in an act: 2026-09-15.
const DateLayout = "2006-01-02"

// ProveidoDerived: the UTI derived the access form by an SGD proveído (8.4.2,
// R99). Its number stands in the texts.
type ProveidoDerived struct {
	On string `json:"d"` // date of the proveído, 2026-09-15
}

// AccessCreated: support reviewed the form and created the accesses (8.4.3, R100).
type AccessCreated struct {
	Credentials bool `json:"c,omitempty"` // temporary credentials are owed; none are for an account taken away
}

// CredentialDelivered: the temporary credentials went to who asked (8.4.3,
// R101): account and system stand in the texts, the password nowhere.
type CredentialDelivered struct {
	Medium   Medium `json:"m"`           // mail: by a one-time link; phone: told by voice, nothing kept
	Replaced []int  `json:"k,omitempty"` // deliveries whose link this one ends
}

// CredentialShown: who asked saw the password by its one-time link.
type CredentialShown struct {
	Delivery int `json:"d"` // act that delivered it
}

// ProveidoArchived: the proveído was archived in the SGD (8.4.3, R102).
type ProveidoArchived struct{}

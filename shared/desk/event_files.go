package desk

// FilesAttached: files were put on the ticket for a purpose: 8.1.6, 8.4.1, 8.8.1
// (R74, R98, R126). Which files they are stands in the record.
type FilesAttached struct {
	Purpose Purpose `json:"p"`
	N       int     `json:"n"`
}

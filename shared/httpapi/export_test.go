package httpapi

// Operations lists the operation ids of the route table, for the test that
// holds it against the contract.
func Operations() []string {
	var ids []string
	for _, op := range operations() {
		ids = append(ids, op.id)
	}
	return ids
}

package dynamo

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"mesa/shared/desk"
)

// subjectKey is an identity's item. Issuer and subject are hashed: together
// they may be longer than a key, and hold anything.
func subjectKey(issuer, subject string) item {
	sum := sha256.Sum256([]byte(strconv.Itoa(len(issuer)) + ":" + issuer + subject))
	return keyOf(pkDirectory("subject"), hex.EncodeToString(sum[:]))
}

// BindSubject ties an identity to a person, for good; work.ErrConflict if it is
// somebody else's.
func (s *Store) BindSubject(ctx context.Context, issuer, subject string, person desk.PersonID) error {
	i := subjectKey(issuer, subject)
	i.text("iss", issuer)
	i.text("sub", subject)
	i.text("p", string(person))
	return s.put(ctx, "bind subject", i, newUpdate().absentOr("p", "=", i["p"]))
}

// PersonOfSubject is who an identity is bound to.
func (s *Store) PersonOfSubject(ctx context.Context, issuer, subject string) (desk.PersonID, error) {
	i, err := s.get(ctx, "person of subject", subjectKey(issuer, subject))
	if err != nil {
		return "", err
	}
	if i == nil {
		return "", absent("subject of %s", issuer)
	}
	return desk.PersonID(i.getText("p")), nil
}

// SessionEpoch is the number that a person's sessions must carry.
func (s *Store) SessionEpoch(ctx context.Context, person desk.PersonID) (int, error) {
	i, err := s.get(ctx, "session epoch", keyOf(pkDirectory("session"), string(person)))
	return i.getNumber("e"), err
}

// EndSessions moves the epoch: every session of the person is over.
func (s *Store) EndSessions(ctx context.Context, person desk.PersonID) (int, error) {
	i, err := s.update(ctx, "end sessions", keyOf(pkDirectory("session"), string(person)), newUpdate().increment("e"), types.ReturnValueUpdatedNew)
	return i.getNumber("e"), err
}

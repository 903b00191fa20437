// Package kmsseal encrypts one-time credentials with a key of AWS KMS that never
// leaves the service (decision 0007).
//
// Sealing and opening are two rights. Who types a temporary password may only
// seal: the functions behind the API and the portal cannot read back what they
// or anybody else sealed. Who shows it may only open. The encryption context
// (desk.SealedFor) binds a ciphertext to its ticket and delivery: copied to
// another place it opens for nobody, and the service's own log tells which was
// opened when.
package kmsseal

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"

	"mesa/shared/approve"
	"mesa/shared/work"
)

// Sealer encrypts. It holds one call and not the client, so that a function
// carries no more of the SDK than it uses, and no way to decrypt.
type Sealer struct {
	Encrypt func(ctx context.Context, in *kms.EncryptInput, opts ...func(*kms.Options)) (*kms.EncryptOutput, error)
	Key     string // ARN
}

// Opener decrypts.
type Opener struct {
	Decrypt func(ctx context.Context, in *kms.DecryptInput, opts ...func(*kms.Options)) (*kms.DecryptOutput, error)
	Key     string // ARN
}

var (
	_ work.Sealer    = Sealer{}
	_ approve.Opener = Opener{}
)

// NewSealer seals with a key.
func NewSealer(cfg aws.Config, key string) Sealer { return Sealer{kms.NewFromConfig(cfg).Encrypt, key} }

// NewOpener opens what was sealed with a key, and with no other.
func NewOpener(cfg aws.Config, key string) Opener { return Opener{kms.NewFromConfig(cfg).Decrypt, key} }

// Seal encrypts plain for one place. The error never holds it.
func (s Sealer) Seal(ctx context.Context, plain []byte, about map[string]string) ([]byte, error) {
	out, err := s.Encrypt(ctx, &kms.EncryptInput{KeyId: aws.String(s.Key), Plaintext: plain, EncryptionContext: about})
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	return out.CiphertextBlob, nil
}

// Open decrypts what was sealed for exactly this place.
func (o Opener) Open(ctx context.Context, sealed []byte, about map[string]string) ([]byte, error) {
	out, err := o.Decrypt(ctx, &kms.DecryptInput{KeyId: aws.String(o.Key), CiphertextBlob: sealed, EncryptionContext: about})
	if err != nil {
		return nil, fmt.Errorf("decrypt: %w", err)
	}
	return out.Plaintext, nil
}

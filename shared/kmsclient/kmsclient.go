// Package kmsclient encrypts one-time credentials with a key of AWS KMS that never
// leaves the service (decision 0007).
//
// Sealing and opening are two rights. Who types a temporary password may only
// seal: the functions behind the API and the portal cannot read back what they
// or anybody else sealed. Who shows it may only open. The encryption context
// (desk.SealedFor) binds a ciphertext to its ticket and delivery: copied to
// another place it opens for nobody, and the service's own log tells which was
// opened when.
package kmsclient

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"

	"mesa/shared/approve"
	"mesa/shared/jsonclient"
	"mesa/shared/work"
)

// Sealer encrypts, and has no way to decrypt.
type Sealer struct {
	service jsonclient.Service
	key     string // ARN
}

// Opener decrypts, and has no way to encrypt.
type Opener struct {
	service jsonclient.Service
	key     string // ARN
}

var (
	_ work.Sealer    = Sealer{}
	_ approve.Opener = Opener{}
)

// NewSealer seals with a key.
func NewSealer(cfg aws.Config, key string) Sealer { return Sealer{service(cfg), key} }

// NewOpener opens what was sealed with a key, and with no other.
func NewOpener(cfg aws.Config, key string) Opener { return Opener{service(cfg), key} }

func service(cfg aws.Config) jsonclient.Service { return jsonclient.New(cfg, "kms", "TrentService") }

// question and answer are the parts of KMS's Encrypt and Decrypt that are used;
// bytes are base64 there, as encoding/json writes them.
type question struct {
	KeyID             string            `json:"KeyId"`
	Plaintext         []byte            `json:",omitempty"`
	CiphertextBlob    []byte            `json:",omitempty"`
	EncryptionContext map[string]string `json:",omitempty"`
}

type answer struct {
	Plaintext      []byte
	CiphertextBlob []byte
}

// Seal encrypts plain for one place. The error never holds it.
func (s Sealer) Seal(ctx context.Context, plain []byte, about map[string]string) ([]byte, error) {
	a := answer{}
	err := s.service.Ask(ctx, "Encrypt", question{KeyID: s.key, Plaintext: plain, EncryptionContext: about}, &a)
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	return a.CiphertextBlob, nil
}

// Open decrypts what was sealed for exactly this place.
func (o Opener) Open(ctx context.Context, sealed []byte, about map[string]string) ([]byte, error) {
	a := answer{}
	err := o.service.Ask(ctx, "Decrypt", question{KeyID: o.key, CiphertextBlob: sealed, EncryptionContext: about}, &a)
	if err != nil {
		return nil, fmt.Errorf("decrypt: %w", err)
	}
	return a.Plaintext, nil
}

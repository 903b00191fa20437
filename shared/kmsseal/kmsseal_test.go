package kmsseal_test

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kms"

	"mesa/shared/kmsseal"
)

const key = "arn:aws:kms:sa-east-1:1:key/k"

// service answers as KMS does: what it encrypts names the context it is bound to.
type service struct{ away error }

type blob struct {
	Key     string
	Context map[string]string
	Turned  []byte
}

func (s service) encrypt(_ context.Context, in *kms.EncryptInput, _ ...func(*kms.Options)) (*kms.EncryptOutput, error) {
	if s.away != nil {
		return nil, s.away
	}
	sealed, err := json.Marshal(blob{aws.ToString(in.KeyId), in.EncryptionContext, turned(in.Plaintext)})
	return &kms.EncryptOutput{CiphertextBlob: sealed}, err
}

func (s service) decrypt(_ context.Context, in *kms.DecryptInput, _ ...func(*kms.Options)) (*kms.DecryptOutput, error) {
	var b blob
	if err := json.Unmarshal(in.CiphertextBlob, &b); err != nil {
		return nil, err
	}
	if s.away != nil || b.Key != aws.ToString(in.KeyId) || !maps.Equal(b.Context, in.EncryptionContext) {
		return nil, errors.New("InvalidCiphertextException")
	}
	return &kms.DecryptOutput{Plaintext: turned(b.Turned)}, nil
}

func turned(text []byte) []byte {
	out := make([]byte, len(text))
	for i, c := range text {
		out[i] = ^c
	}
	return out
}

// A secret opens for its own place and key, and for nothing else.
func TestSealedForOnePlace(t *testing.T) {
	s := service{}
	place := map[string]string{"ticket": "01J8", "delivery": "7"}
	sealed, err := kmsseal.Sealer{Encrypt: s.encrypt, Key: key}.Seal(t.Context(), []byte("Temporal-9xQz"), place)
	if err != nil || strings.Contains(string(sealed), "Temporal") {
		t.Fatalf("sealed %q, %v", sealed, err)
	}
	tests := []struct {
		name   string
		sealed []byte
		key    string
		place  map[string]string
		opens  bool
	}{
		{"as it was sealed", sealed, key, place, true},
		{"another delivery", sealed, key, map[string]string{"ticket": "01J8", "delivery": "8"}, false},
		{"no place", sealed, key, nil, false},
		{"another key", sealed, key + "2", place, false},
		{"cut", sealed[:len(sealed)-1], key, place, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			plain, err := kmsseal.Opener{Decrypt: s.decrypt, Key: test.key}.Open(t.Context(), test.sealed, test.place)
			if test.opens != (err == nil && string(plain) == "Temporal-9xQz") {
				t.Errorf("opened %q, %v", plain, err)
			}
		})
	}
}

// An error says what failed, and never what was to be sealed.
func TestServiceThatIsAway(t *testing.T) {
	s := service{errors.New("ThrottlingException")}
	_, err := kmsseal.Sealer{Encrypt: s.encrypt, Key: key}.Seal(t.Context(), []byte("Temporal-9xQz"), nil)
	if !errors.Is(err, s.away) || strings.Contains(err.Error(), "Temporal") {
		t.Errorf("error %v", err)
	}
}

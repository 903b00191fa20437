package main

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"mesa/shared/awsclient"
	"mesa/shared/config"
)

func TestCookiesArePlainOnlyOnADevelopersMachine(t *testing.T) {
	tests := []struct {
		name, clock, url string
		plain            bool
	}{
		{"plain without TLS on this machine", "local", "http://localhost:8080", true},
		{"sealed to the host where the local desk has TLS", "local", "https://localhost:8443", false},
		{"sealed to the host in the cloud", "wall", "https://mesa.qw.gob.pe", false},
		{"sealed even if the cloud forgot TLS", "wall", "http://mesa.qw.gob.pe", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			v := config.Values{Clock: test.clock, BaseURL: test.url, SessionKeySecret: "session-keys"}
			if got := cookies(awsclient.With(aws.Config{}, v), v).Plain; got != test.plain {
				t.Errorf("plain is %v, want %v", got, test.plain)
			}
		})
	}
}

func TestIssuerIsTheOneOfTheSettings(t *testing.T) {
	v := config.Values{OIDCIssuer: "https://issuer.example.org", OIDCDiscoveryURL: "http://localhost:1", OIDCClientID: "portal", BaseURL: "https://mesa.qw.gob.pe"}
	i := issuer(awsclient.With(aws.Config{}, v), v)
	if i.Address != v.OIDCIssuer || i.Discovery != v.OIDCDiscoveryURL || i.ClientID != "portal" || i.Callback != "https://mesa.qw.gob.pe/sessions/callback" {
		t.Errorf("issuer %+v", i)
	}
}

package main

import (
	"strings"

	"mesa/shared/awsclient"
	"mesa/shared/config"
	"mesa/shared/lambdaio"
	"mesa/shared/portal"
	"mesa/shared/secretstore"
	"mesa/shared/session"
)

// cookies keep the portal's sessions. Without TLS they are only kept on a
// developer's machine.
func cookies(b *awsclient.Base, v config.Values) *session.Cookies {
	keys := &secretstore.Secret[session.Keys]{Fetch: secretstore.Open(b.AWS), ID: v.SessionKeySecret, Parse: session.ParseKeys, Wall: lambdaio.Wall}
	return &session.Cookies{Keys: keys.Get, Epochs: b.Store, Wall: lambdaio.Wall, Plain: v.Local() && strings.HasPrefix(v.BaseURL, "http://")}
}

// issuer is where people sign in. The secret
// of its client is stored as it is, without JSON around it.
func issuer(b *awsclient.Base, v config.Values) *session.Issuer {
	secret := &secretstore.Secret[string]{Fetch: secretstore.Open(b.AWS), ID: v.OIDCClientSecretID, Wall: lambdaio.Wall,
		Parse: func(text []byte) (string, error) { return strings.TrimSpace(string(text)), nil }}
	return &session.Issuer{Address: v.OIDCIssuer, Discovery: v.OIDCDiscoveryURL, ClientID: v.OIDCClientID, Secret: secret.Get,
		Callback: v.BaseURL + portal.CallbackPath, Wall: lambdaio.Wall}
}

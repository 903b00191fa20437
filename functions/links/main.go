// Command links serves the pages behind signed links: no login, no session.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"mesa/shared/approve"
	"mesa/shared/awsclient"
	"mesa/shared/config"
	"mesa/shared/kmsclient"
	"mesa/shared/lambdaio"
	"mesa/shared/linkpages"
	"mesa/shared/web"
)

func main() {
	lambdaio.Log("links")
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	v, err := config.Read("DESK_TABLE", "DESK_CREDENTIAL_KEY", "DESK_LINK_KEY_SECRET", "DESK_MAIL_DOMAIN")
	if err != nil {
		return err
	}
	base, err := awsclient.New(ctx, v)
	if err != nil {
		return err
	}
	pages, err := web.New()
	if err != nil {
		return err
	}
	desk := &approve.Desk{Ring: awsclient.Ring(base.Keys(v)), Reader: base.Reader, Road: base.Road, Tries: base.Store,
		Vault: base.Store, Opener: kmsclient.NewOpener(base.AWS, v.CredentialKey), Now: base.Now}
	h := &linkpages.Handler{Desk: desk, Pages: pages, Institution: base.Institution, Local: v.Local()}
	lambda.Start(lambdaio.HTTP(h.Routes()))
	return nil
}

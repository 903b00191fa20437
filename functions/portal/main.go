// Command portal serves the pages of people who are signed in.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"mesa/shared/awsclient"
	"mesa/shared/config"
	"mesa/shared/lambdaio"
	"mesa/shared/web"
)

func main() {
	lambdaio.Log("portal")
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	v, err := config.Read("DESK_TABLE", "DESK_BASE_URL", "DESK_MAIL_BUCKET", "DESK_FILES_BUCKET", "DESK_SESSION_KEY_SECRET", "DESK_CREDENTIAL_KEY",
		"DESK_OIDC_ISSUER", "DESK_OIDC_CLIENT_ID", "DESK_OIDC_CLIENT_SECRET_ID")
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
	routes, err := site(base, v, pages).Routes()
	if err != nil {
		return err
	}
	lambda.Start(lambdaio.HTTP(routes))
	return nil
}

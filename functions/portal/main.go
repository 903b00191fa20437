// Command portal serves the pages of people who are signed in.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"mesa/shared/awsclient"
	"mesa/shared/config"
	"mesa/shared/intake"
	"mesa/shared/kmsseal"
	"mesa/shared/lambdaio"
	"mesa/shared/machines"
	"mesa/shared/portal"
	"mesa/shared/s3store"
	"mesa/shared/session"
	"mesa/shared/upload"
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
	files := s3store.Open(base.AWS, v.FilesBucket)
	p := &portal.Portal{
		Lists: base.Store, Reader: base.Reader, Road: base.Road, Rooms: base.Reader, Identities: base.Store, Files: files, Pages: pages,
		Uploads:  &upload.Desk{Storage: files, Road: base.Road, NewID: session.Random},
		Held:     &intake.Held{Store: base.Store, Raw: s3store.Open(base.AWS, v.MailBucket), Files: files, Road: base.Road, Directory: base.Store, Now: base.Now},
		Machines: &machines.Retrier{Store: base.Store, Now: base.Now}, Letters: base.Store,
		Sealer: kmsseal.NewSealer(base.AWS, v.CredentialKey),
		Issuer: issuer(base, v), Cookies: cookies(base, v),
		Now: base.Now, BaseURL: v.BaseURL, Institution: base.Institution, Local: v.Local(),
	}
	routes, err := p.Routes()
	if err != nil {
		return err
	}
	lambda.Start(lambdaio.HTTP(routes))
	return nil
}

// Command api serves the JSON API of the intranet form and of other systems.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"mesa/shared/awsclient"
	"mesa/shared/config"
	"mesa/shared/httpapi"
	"mesa/shared/kmsclient"
	"mesa/shared/lambdaio"
	"mesa/shared/register"
	"mesa/shared/s3store"
	"mesa/shared/session"
	"mesa/shared/upload"
)

func main() {
	lambdaio.Log("api")
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	v, err := config.Read("DESK_TABLE", "DESK_FILES_BUCKET", "DESK_CREDENTIAL_KEY")
	if err != nil {
		return err
	}
	base, err := awsclient.New(ctx, v)
	if err != nil {
		return err
	}
	files := s3store.Open(base.AWS, v.FilesBucket)
	api := httpapi.API{Reader: base.Reader, Lists: base.Store, Now: base.Now, MachineClients: v.MachineClients,
		Files: files, Uploads: &upload.Desk{Storage: files, Road: base.Road, NewID: session.Random}, Sealer: kmsclient.NewSealer(base.AWS, v.CredentialKey),
		Registers: &register.Desk{Store: base.Store, Now: base.Now}}
	lambda.Start(lambdaio.HTTP(api.Routes()))
	return nil
}

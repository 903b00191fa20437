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
	"mesa/shared/lambdaio"
)

func main() {
	lambdaio.Log("api")
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	v, err := config.Read("DESK_TABLE")
	if err != nil {
		return err
	}
	base, err := awsclient.New(ctx, v)
	if err != nil {
		return err
	}
	api := httpapi.API{Reader: base.Reader, Lists: base.Store, Now: base.Now, MachineClients: v.MachineClients}
	lambda.Start(lambdaio.HTTP(api.Routes()))
	return nil
}

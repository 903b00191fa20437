package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"

	"mesa/infra/sample"
	"mesa/shared/calendar"
	"mesa/shared/directory"
	"mesa/shared/work"
)

// samplePassword is the password of every practice account. It protects nothing:
// it exists only in the emulator of one machine.
const samplePassword = "Mesa-de-ayuda-1"

type sampleCmd struct {
	Load sampleLoadCmd `cmd:"" help:"Carga directorio, catálogo y cuentas de práctica. · Loads directory, catalogue and practice accounts."`
}

type sampleLoadCmd struct{}

// Run loads the sample directory, publishes the catalogue and makes the
// practice accounts. Loading again changes nothing.
func (sampleLoadCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, now, err := c.connectNow(ctx)
	if err != nil {
		return err
	}
	if !d.Values.Local() {
		return errors.New("los datos de ejemplo son solo para una mesa local (DESK_CLOCK=local)")
	}
	if err := d.loadSampleDirectory(ctx, now); err != nil {
		return err
	}
	catalogue := directory.First()
	if err := d.Store.PublishCatalogue(ctx, catalogue); err != nil && !errors.Is(err, work.ErrConflict) { // conflict: published already
		return err
	}
	accounts, err := sample.Accounts()
	if err != nil {
		return err
	}
	for _, a := range accounts {
		if err := d.makeAccount(ctx, a.Email); err != nil {
			return fmt.Errorf("cuenta %s: %w", a.Email, err)
		}
	}
	fmt.Fprintf(out, "Directorio de ejemplo, catálogo %s y %d cuentas de práctica.\n", catalogue.Version, len(accounts))
	return nil
}

// loadSampleDirectory writes the sample directory, and its days off, into a desk
// that has none.
func (d *desk) loadSampleDirectory(ctx context.Context, now time.Time) error {
	_, revision, err := d.Store.LoadDirectory(ctx)
	if err != nil || revision > 0 {
		return err
	}
	records, err := sample.Records()
	if err != nil {
		return err
	}
	if err := d.Store.SaveDirectory(ctx, records, revision); err != nil {
		return err
	}
	days, err := sample.DaysOff(records)
	if err != nil {
		return err
	}
	err = d.Store.ChangeCalendar(ctx, calendar.Change{Revision: 1, At: now, Add: days})
	if errors.Is(err, work.ErrConflict) { // a calendar was there before the directory
		return nil
	}
	return err
}

// pool is the user pool of a local stack.
func (d *desk) pool() (*cognitoidentityprovider.Client, string) {
	return cognitoidentityprovider.NewFromConfig(d.AWS), d.Outputs["UserPoolId"]
}

// issuer is who signs the pool's tokens.
func (d *desk) issuer() string {
	return "https://cognito-idp." + d.AWS.Region + ".amazonaws.com/" + d.Outputs["UserPoolId"]
}

// makeAccount makes a practice account with a verified address, and binds its
// subject to the person of the directory, as a first sign-in would.
func (d *desk) makeAccount(ctx context.Context, email string) error {
	client, pool := d.pool()
	_, err := client.AdminCreateUser(ctx, &cognitoidentityprovider.AdminCreateUserInput{UserPoolId: aws.String(pool), Username: aws.String(email), MessageAction: types.MessageActionTypeSuppress,
		UserAttributes: []types.AttributeType{{Name: aws.String("email"), Value: aws.String(email)}, {Name: aws.String("email_verified"), Value: aws.String("true")}}})
	if _, exists := errors.AsType[*types.UsernameExistsException](err); err != nil && !exists {
		return err
	}
	if _, err := client.AdminSetUserPassword(ctx, &cognitoidentityprovider.AdminSetUserPasswordInput{UserPoolId: aws.String(pool), Username: aws.String(email),
		Password: aws.String(samplePassword), Permanent: true}); err != nil {
		return err
	}
	return d.bind(ctx, email)
}

// bind binds the account's subject to the person with that address.
func (d *desk) bind(ctx context.Context, email string) error {
	client, pool := d.pool()
	user, err := client.AdminGetUser(ctx, &cognitoidentityprovider.AdminGetUserInput{UserPoolId: aws.String(pool), Username: aws.String(email)})
	if err != nil {
		return err
	}
	subject := ""
	for _, a := range user.UserAttributes {
		if aws.ToString(a.Name) == "sub" {
			subject = aws.ToString(a.Value)
		}
	}
	snapshot, err := d.Store.Directory(ctx)
	if err != nil {
		return err
	}
	now, err := d.Now(ctx)
	if err != nil {
		return err
	}
	person, ok := snapshot.ByEmail(email, now)
	if !ok || subject == "" {
		return fmt.Errorf("%s no está en el directorio", email)
	}
	return d.Store.BindSubject(ctx, d.issuer(), subject, person.ID)
}

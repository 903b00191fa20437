package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"

	"mesa/infra/sample"
)

type tokenCmd struct {
	Role string `arg:"" help:"Rol de infra/sample/accounts.csv, o un correo. · A role of infra/sample/accounts.csv, or an address."`
}

// Run prints an access token of a practice account.
func (t tokenCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, err := c.connect(ctx)
	if err != nil {
		return err
	}
	email, err := accountOf(t.Role)
	if err != nil {
		return err
	}
	if err := d.makeAccount(ctx, email); err != nil {
		return fmt.Errorf("cuenta %s: %w", email, err)
	}
	token, err := d.signIn(ctx, email)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, token)
	return nil
}

// accountOf finds the practice account of a role; an address is itself.
func accountOf(role string) (string, error) {
	if strings.Contains(role, "@") {
		return role, nil
	}
	accounts, err := sample.Accounts()
	if err != nil {
		return "", err
	}
	var roles []string
	for _, a := range accounts {
		if a.Role == role {
			return a.Email, nil
		}
		roles = append(roles, a.Role)
	}
	return "", fmt.Errorf("no hay cuenta para el rol %q; hay: %s", role, strings.Join(roles, ", "))
}

// signIn asks the local pool for an access token with the practice password.
func (d *desk) signIn(ctx context.Context, email string) (string, error) {
	client, pool := d.pool()
	id := d.Values.OIDCClientID
	described, err := client.DescribeUserPoolClient(ctx, &cognitoidentityprovider.DescribeUserPoolClientInput{UserPoolId: aws.String(pool), ClientId: aws.String(id)})
	if err != nil {
		return "", fmt.Errorf("cliente del portal: %w", err)
	}
	parameters := map[string]string{"USERNAME": email, "PASSWORD": samplePassword}
	if secret := aws.ToString(described.UserPoolClient.ClientSecret); secret != "" {
		parameters["SECRET_HASH"] = secretHash(secret, email+id)
	}
	answer, err := client.AdminInitiateAuth(ctx, &cognitoidentityprovider.AdminInitiateAuthInput{UserPoolId: aws.String(pool), ClientId: aws.String(id),
		AuthFlow: types.AuthFlowTypeAdminUserPasswordAuth, AuthParameters: parameters})
	if err != nil {
		return "", fmt.Errorf("ingresar como %s: %w", email, err)
	}
	return aws.ToString(answer.AuthenticationResult.AccessToken), nil
}

// secretHash is Cognito's proof that the caller knows the client's secret.
func secretHash(secret, message string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(message))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

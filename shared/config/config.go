// Package config reads the environment of a function: the one place where the
// environment is read. Every bad or missing variable is reported at once, by
// name, so a deploy is mended in one round.
package config

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"time"
)

// Values are the settings of all functions; each names the ones it needs.
type Values struct {
	Table                string        // DESK_TABLE: the one table
	MailBucket           string        // DESK_MAIL_BUCKET: raw inbound mail
	MailTopicARN         string        // DESK_MAIL_TOPIC_ARN: tells the mail queue of received mail
	FilesBucket          string        // DESK_FILES_BUCKET: attachments
	LinkKeySecret        string        // DESK_LINK_KEY_SECRET: Secrets Manager id of the link keys
	CredentialKey        string        // DESK_CREDENTIAL_KEY: ARN of the KMS key of one-time credentials
	SessionKeySecret     string        // DESK_SESSION_KEY_SECRET: Secrets Manager id of the session keys
	ApprovalMachineARN   string        // DESK_APPROVAL_MACHINE_ARN
	EscalationMachineARN string        // DESK_ESCALATION_MACHINE_ARN
	HardwareMachineARN   string        // DESK_HARDWARE_MACHINE_ARN
	BaseURL              string        // DESK_BASE_URL: public address of the portal, no slash at the end
	MailFrom             string        // DESK_MAIL_FROM: visible sender
	MailDomain           string        // DESK_MAIL_DOMAIN: domain of signed reply addresses
	ConfigurationSet     string        // DESK_CONFIGURATION_SET: of SES
	Clock                string        // DESK_CLOCK: wall or local
	OIDCIssuer           string        // DESK_OIDC_ISSUER
	OIDCDiscoveryURL     string        // DESK_OIDC_DISCOVERY_URL: only with DESK_CLOCK=local
	OIDCClientID         string        // DESK_OIDC_CLIENT_ID
	OIDCClientSecretID   string        // DESK_OIDC_CLIENT_SECRET_ID: Secrets Manager id
	MachineClients       []string      // DESK_MACHINE_CLIENTS: client ids of other systems, comma separated
	FunctionTimeout      time.Duration // DESK_FUNCTION_TIMEOUT_SECONDS: of the function itself, for leases
	Endpoint             string        // AWS_ENDPOINT_URL: set only on a developer's machine
}

// Local tells whether the business clock may be moved.
func (v Values) Local() bool { return v.Clock == "local" }

// source is one variable: where it goes and whether it must be there.
type source struct {
	name string
	into *string
}

// Read reads the environment; required names the variables this function needs.
func Read(required ...string) (Values, error) { return read(os.Getenv, required) }

func read(get func(string) string, required []string) (Values, error) {
	v := Values{}
	var clients, timeout string
	var errs []error
	for _, s := range v.sources(&clients, &timeout) {
		*s.into = strings.TrimSpace(get(s.name))
		if *s.into == "" && contains(required, s.name) {
			errs = append(errs, fmt.Errorf("%s is not set", s.name))
		}
	}
	if clients != "" {
		v.MachineClients = strings.Split(clients, ",")
	}
	if timeout != "" {
		seconds, err := time.ParseDuration(timeout + "s")
		if err != nil || seconds <= 0 {
			errs = append(errs, fmt.Errorf("DESK_FUNCTION_TIMEOUT_SECONDS is %q, not a number of seconds", timeout))
		}
		v.FunctionTimeout = seconds
	}
	return v, errors.Join(append(errs, v.check()...)...)
}

func (v *Values) sources(clients, timeout *string) []source {
	return []source{
		{"DESK_TABLE", &v.Table}, {"DESK_MAIL_BUCKET", &v.MailBucket}, {"DESK_MAIL_TOPIC_ARN", &v.MailTopicARN}, {"DESK_FILES_BUCKET", &v.FilesBucket},
		{"DESK_LINK_KEY_SECRET", &v.LinkKeySecret}, {"DESK_SESSION_KEY_SECRET", &v.SessionKeySecret},
		{"DESK_CREDENTIAL_KEY", &v.CredentialKey},
		{"DESK_APPROVAL_MACHINE_ARN", &v.ApprovalMachineARN}, {"DESK_ESCALATION_MACHINE_ARN", &v.EscalationMachineARN},
		{"DESK_HARDWARE_MACHINE_ARN", &v.HardwareMachineARN}, {"DESK_BASE_URL", &v.BaseURL}, {"DESK_MAIL_FROM", &v.MailFrom},
		{"DESK_MAIL_DOMAIN", &v.MailDomain}, {"DESK_CONFIGURATION_SET", &v.ConfigurationSet}, {"DESK_CLOCK", &v.Clock},
		{"DESK_OIDC_ISSUER", &v.OIDCIssuer}, {"DESK_OIDC_DISCOVERY_URL", &v.OIDCDiscoveryURL}, {"DESK_OIDC_CLIENT_ID", &v.OIDCClientID},
		{"DESK_OIDC_CLIENT_SECRET_ID", &v.OIDCClientSecretID}, {"DESK_MACHINE_CLIENTS", clients},
		{"DESK_FUNCTION_TIMEOUT_SECONDS", timeout}, {"AWS_ENDPOINT_URL", &v.Endpoint},
	}
}

// check refuses what would be dangerous together: a clock that can be moved, or
// a discovery address other than the issuer, anywhere but on this machine.
func (v Values) check() []error {
	var errs []error
	switch v.Clock {
	case "", "wall", "local":
	default:
		errs = append(errs, fmt.Errorf("DESK_CLOCK is %q: wall or local", v.Clock))
	}
	if v.Local() && !loopback(v.Endpoint) {
		errs = append(errs, errors.New("DESK_CLOCK=local is refused: AWS_ENDPOINT_URL is not this machine"))
	}
	if v.OIDCDiscoveryURL != "" && !v.Local() {
		errs = append(errs, errors.New("DESK_OIDC_DISCOVERY_URL is refused: only DESK_CLOCK=local may set it"))
	}
	return errs
}

// loopback tells whether an address names this machine.
func loopback(endpoint string) bool {
	u, err := url.Parse(endpoint)
	if err != nil || u.Hostname() == "" {
		return false
	}
	if u.Hostname() == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return err == nil && ip.IsLoopback()
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// Credentials are the keys that Lambda hands to a function; a running function
// keeps them for its life.
type Credentials struct {
	AccessKeyID, SecretAccessKey, SessionToken, Region string
}

// ReadCredentials reads AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
// AWS_SESSION_TOKEN and AWS_REGION.
func ReadCredentials() (Credentials, error) {
	c := Credentials{os.Getenv("AWS_ACCESS_KEY_ID"), os.Getenv("AWS_SECRET_ACCESS_KEY"), os.Getenv("AWS_SESSION_TOKEN"), os.Getenv("AWS_REGION")}
	if c.AccessKeyID == "" || c.SecretAccessKey == "" || c.Region == "" {
		return c, errors.New("AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION must be set")
	}
	return c, nil
}

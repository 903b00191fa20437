// Package sesmail hands mails to Amazon SES, one call each, and says how the
// call ended: sent, not now, never, or nobody knows.
//
// The SDK's own retries are off: a time-out may hide a mail that went, so only
// the outbox may decide to try again. The signed link and the six digits are
// made here, from the item's own id, and never stored: a mail repeated carries
// the same link and the same digits.
package sesmail

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/sesv2"
	"github.com/aws/aws-sdk-go-v2/service/sesv2/types"

	"mesa/shared/access"
	"mesa/shared/config"
	"mesa/shared/deliver"
	"mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/notify"
	"mesa/shared/secretstore"
)

// Submit is the one call used of SES: a client's SendEmail. A function and not
// the client, so that the linker leaves the client's other methods out.
type Submit func(ctx context.Context, in *sesv2.SendEmailInput, opts ...func(*sesv2.Options)) (*sesv2.SendEmailOutput, error)

// Mailer renders and sends outbox items. It implements deliver.Mailer.
type Mailer struct {
	Submit           Submit
	Keys             func(ctx context.Context) (secretstore.LinkKeys, error)
	From             string // visible sender
	Mailbox          string // local part of reply addresses: soporte.usuario
	BaseURL          string // of the portal
	ConfigurationSet string
	Institution      func(ctx context.Context) (desk.Institution, error)
	LinkLife         time.Duration
	CredentialLife   time.Duration // of the link to a password
}

var _ deliver.Mailer = (*Mailer)(nil)

// Open makes the mailer of a function from its settings.
func Open(cfg aws.Config, v config.Values, keys func(ctx context.Context) (secretstore.LinkKeys, error), institution func(ctx context.Context) (desk.Institution, error)) *Mailer {
	return &Mailer{Submit: sesv2.NewFromConfig(cfg).SendEmail, Keys: keys, From: v.MailFrom, Mailbox: v.MailFrom, BaseURL: v.BaseURL,
		ConfigurationSet: v.ConfigurationSet, Institution: institution, LinkLife: flow.DefaultPolicy().LinkLife,
		CredentialLife: flow.DefaultPolicy().CredentialLife}
}

// Check renders without sending.
func (m *Mailer) Check(ctx context.Context, e desk.Effect) error {
	_, err := m.render(ctx, e)
	return err
}

// Send hands the mail to SES once.
func (m *Mailer) Send(ctx context.Context, e desk.Effect) (string, deliver.Outcome, error) {
	r, err := m.render(ctx, e)
	if err != nil {
		return "", deliver.Never, err
	}
	in := m.request(r, e.Tag())
	out, err := m.Submit(ctx, in, func(o *sesv2.Options) { o.RetryMaxAttempts = 1 })
	if err != nil {
		return "", outcomeOf(err), fmt.Errorf("send %s: %w", e.Tag(), err)
	}
	return aws.ToString(out.MessageId), deliver.Sent, nil
}

// render makes the words with the link and digits of this moment.
func (m *Mailer) render(ctx context.Context, e desk.Effect) (notify.Rendered, error) {
	keys, err := m.Keys(ctx)
	if err != nil {
		return notify.Rendered{}, fmt.Errorf("mail keys: %w", err)
	}
	institution, err := m.Institution(ctx)
	if err != nil {
		return notify.Rendered{}, fmt.Errorf("institution: %w", err)
	}
	env := notify.Env{BaseURL: m.BaseURL, From: m.From, Item: e.Tag(), Institution: institution}
	mailbox := m.Mailbox
	if own := notify.Mailbox(*e.Mail); own != "" { // a territorial unit's cases answer to its own (R125)
		mailbox = own
	}
	if env.ReplyTo, err = keys.Marks.ReplyAddress(mailbox, e.Ticket); err != nil {
		return notify.Rendered{}, fmt.Errorf("reply address: %w", err)
	}
	if env.Root, err = keys.Marks.Root(e.Ticket); err != nil {
		return notify.Rendered{}, fmt.Errorf("thread root: %w", err)
	}
	if err := m.sign(keys.Ring, e, &env); err != nil {
		return notify.Rendered{}, err
	}
	return notify.Render(*e.Mail, env)
}

// sign makes the signed link and its digits, for the mails that carry one. The
// expiry counts from the item's creation, so that it is the same at every try.
func (m *Mailer) sign(ring access.Ring, e desk.Effect, env *notify.Env) error {
	page, coded, ok := notify.LinkFor(*e.Mail)
	if !ok {
		return nil
	}
	life := m.LinkLife
	if page == access.Credentials {
		life = m.CredentialLife
	}
	link := access.Link{Ticket: e.Ticket, Wait: e.Mail.Wait, Person: e.Mail.Person, Round: e.Mail.Round, Audience: page, ExpiresAt: e.CreatedAt.Add(life)}
	token, err := ring.Sign(link)
	if err != nil {
		return err
	}
	env.Link = strings.TrimSuffix(m.BaseURL, "/") + page.Path(token)
	if coded {
		env.Code, err = ring.Code(link, e.CreatedAt)
	}
	return err
}

// request is the SES v2 form of a rendered mail: Simple content, custom headers.
func (m *Mailer) request(r notify.Rendered, tag string) *sesv2.SendEmailInput {
	utf8 := func(s string) *types.Content {
		return &types.Content{Data: aws.String(s), Charset: aws.String("UTF-8")}
	}
	message := &types.Message{Subject: utf8(r.Subject), Body: &types.Body{Text: utf8(r.Text), Html: utf8(r.HTML)}}
	for _, h := range r.Headers {
		message.Headers = append(message.Headers, types.MessageHeader{Name: aws.String(h.Name), Value: aws.String(h.Value)})
	}
	for _, f := range r.Files {
		message.Attachments = append(message.Attachments, types.Attachment{FileName: aws.String(f.Name), ContentType: aws.String(f.Type), RawContent: f.Content,
			ContentDisposition: types.AttachmentContentDispositionAttachment, ContentTransferEncoding: types.AttachmentContentTransferEncodingBase64})
	}
	in := &sesv2.SendEmailInput{FromEmailAddress: aws.String(r.From), Destination: &types.Destination{ToAddresses: []string{r.To}},
		Content: &types.EmailContent{Simple: message}, EmailTags: []types.MessageTag{{Name: aws.String("item"), Value: aws.String(tag)}}}
	if r.ReplyTo != "" {
		in.ReplyToAddresses = []string{r.ReplyTo}
	}
	if m.ConfigurationSet != "" {
		in.ConfigurationSetName = aws.String(m.ConfigurationSet)
	}
	return in
}

// outcomeOf reads an error of SendEmail: what certainly did not begin may be
// tried later, what SES refused for good never, all else is unknown.
func outcomeOf(err error) deliver.Outcome {
	_, throttled := errors.AsType[*types.TooManyRequestsException](err)
	_, limited := errors.AsType[*types.LimitExceededException](err)
	_, paused := errors.AsType[*types.SendingPausedException](err)
	_, suspended := errors.AsType[*types.AccountSuspendedException](err)
	_, unverified := errors.AsType[*types.MailFromDomainNotVerifiedException](err)
	_, rejected := errors.AsType[*types.MessageRejected](err)
	_, bad := errors.AsType[*types.BadRequestException](err)
	_, absent := errors.AsType[*types.NotFoundException](err)
	switch {
	case throttled || limited || paused || suspended || unverified || absent: // an operator mends these; the mail waits
		return deliver.Later
	case rejected || bad:
		return deliver.Never
	case refusedConnection(err):
		return deliver.Later
	}
	if response, ok := errors.AsType[*awshttp.ResponseError](err); ok {
		switch status := response.HTTPStatusCode(); {
		case status == http.StatusTooManyRequests, status == http.StatusForbidden:
			return deliver.Later
		case status >= 400 && status < 500:
			return deliver.Never
		}
	}
	return deliver.Unknown
}

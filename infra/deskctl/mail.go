package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"mesa/shared/awsclient"
	"mesa/shared/intake"
	"mesa/shared/mail"
	"mesa/shared/s3store"
)

type mailCmd struct {
	Classify mailClassifyCmd `cmd:"" help:"Clasifica los correos cuyas rutas lee, una línea JSON por cada uno. · Classifies the mails whose paths it reads, one JSON line each."`
	Replay   mailReplayCmd   `cmd:"" help:"Recibe otra vez los correos guardados que no tienen registro. · Receives again stored mail that has no record."`
	Explain  mailExplainCmd  `cmd:"" help:"Dice qué haría la mesa con un correo, regla por regla. · Says what the desk would do with a mail, rule by rule."`
}

type mailReplayCmd struct {
	Since time.Duration `help:"Desde hace cuánto. · From how long ago." default:"168h"`
}

// inboundPrefix is where the receipt rule stores raw mail.
const inboundPrefix = "inbound/"

// Run receives every stored mail since a moment again. Those with a record are
// found done, so replaying everything twice changes nothing (F46).
func (r mailReplayCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, err := c.connect(ctx, "DESK_MAIL_BUCKET", "DESK_FILES_BUCKET", "DESK_LINK_KEY_SECRET", "DESK_MAIL_DOMAIN")
	if err != nil {
		return err
	}
	in := &intake.Intake{Store: d.Store, Raw: s3store.Open(d.AWS, d.Values.MailBucket), Files: s3store.Open(d.AWS, d.Values.FilesBucket), Road: d.Road, Directory: d.Store,
		Marks: awsclient.Marks(d.Keys(d.Values)), Now: d.Now, NewID: awsclient.NewID, Domain: d.Values.MailDomain, Region: d.AWS.Region}
	seen, done := 0, 0
	var failed []string
	err = d.eachRaw(ctx, time.Now().Add(-r.Since), func(key string) {
		seen++
		isNew, err := replayOne(ctx, d, in, key)
		switch {
		case err != nil:
			failed = append(failed, key+": "+err.Error())
		case isNew:
			done++
		}
		if seen%100 == 0 {
			fmt.Fprintf(out, "%d revisados, %d recibidos\n", seen, done)
		}
	})
	fmt.Fprintf(out, "%d correos revisados, %d recibidos ahora, %d con error.\n", seen, done, len(failed))
	if err == nil && len(failed) > 0 {
		err = errors.New(strings.Join(failed, "\n"))
	}
	return err
}

// replayOne receives one stored mail, with the receipt that SES's own top block
// tells; isNew is false if it has a record.
func replayOne(ctx context.Context, d *desk, in *intake.Intake, key string) (isNew bool, err error) {
	id := strings.TrimPrefix(key, inboundPrefix)
	if _, done, err := d.Store.MailRecord(ctx, id); done || err != nil {
		return false, err
	}
	raw, err := in.Raw.Read(ctx, key, intake.MaxRaw)
	if err != nil {
		return false, err
	}
	msg := mail.Parse(raw)
	receipt, ok := mail.Trust(&msg, d.AWS.Region, id)
	if !ok {
		return false, errors.New("su bloque superior no es el de SES: no se sabe quién lo recibió")
	}
	receipt.MessageID, receipt.Key = id, key
	_, err = in.Receive(ctx, receipt)
	return true, err
}

// eachRaw visits the keys of stored mails since a moment.
func (d *desk) eachRaw(ctx context.Context, since time.Time, visit func(key string)) error {
	pages := s3.NewListObjectsV2Paginator(s3.NewFromConfig(d.AWS), &s3.ListObjectsV2Input{Bucket: aws.String(d.Values.MailBucket), Prefix: aws.String(inboundPrefix)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return fmt.Errorf("lista de correos: %w", err)
		}
		for _, o := range page.Contents {
			if key := aws.ToString(o.Key); !aws.ToTime(o.LastModified).Before(since) && !(mail.Receipt{Key: key}).Setup() {
				visit(key)
			}
		}
	}
	return nil
}

type mailExplainCmd struct {
	File string `arg:"" help:"Correo en un archivo .eml. · A mail in an .eml file." type:"existingfile"`
}

// Run judges a mail as if its sender were known and verified, and prints why.
func (e mailExplainCmd) Run(out io.Writer) error {
	raw, err := os.ReadFile(e.File)
	if err != nil {
		return err
	}
	msg := mail.Parse(raw)
	receipt, known := mail.Suppose(&msg)
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(mail.Judge(&msg, receipt, known))
}

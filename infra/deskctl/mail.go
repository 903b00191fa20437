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

	"mesa/shared/awsclient"
	"mesa/shared/intake"
	"mesa/shared/mail"
	"mesa/shared/s3store"
)

type mailCmd struct {
	Classify mailClassifyCmd `cmd:"" help:"Clasifica los correos cuyas rutas lee, una línea JSON por cada uno. · Classifies the mails whose paths it reads, one JSON line each."`
	Replay   mailReplayCmd   `cmd:"" help:"Recibe otra vez los correos guardados que no tienen registro. · Receives again stored mail that has no record."`
	Preview  mailPreviewCmd  `cmd:"" help:"Escribe todos los correos que envía la mesa, para verlos. · Writes every mail that the desk sends, to look at."`
	Explain  mailExplainCmd  `cmd:"" help:"Dice qué haría la mesa con un correo, regla por regla. · Says what the desk would do with a mail, rule by rule."`
}

type mailReplayCmd struct {
	Since time.Duration `help:"Desde hace cuánto. · From how long ago." default:"168h"`
}

// Run receives every stored mail since a moment again. Those with a record are
// found done, so replaying everything twice changes nothing (F46).
func (r mailReplayCmd) Run(ctx context.Context, c *cli, out io.Writer) error {
	d, err := c.connect(ctx, "DESK_MAIL_BUCKET", "DESK_FILES_BUCKET", "DESK_LINK_KEY_SECRET", "DESK_MAIL_DOMAIN")
	if err != nil {
		return err
	}
	in := &intake.Intake{Store: d.Store, Raw: s3store.Open(d.AWS, d.Values.MailBucket), Files: s3store.Open(d.AWS, d.Values.FilesBucket), Road: d.Road, Directory: d.Store, Settings: d.Store,
		Marks: awsclient.Marks(d.Keys(d.Values)), Now: d.Now, NewID: awsclient.NewID, Domain: d.Values.MailDomain, Region: d.AWS.Region}
	seen, done := 0, 0
	var failed []string
	since := time.Now().Add(-r.Since)
	err = s3store.Open(d.AWS, d.Values.MailBucket).List(ctx, intake.Prefix, func(key string, at time.Time) error {
		if at.Before(since) {
			return nil
		}
		seen++
		_, isNew, err := in.Replay(ctx, key)
		switch {
		case err != nil:
			failed = append(failed, key+": "+err.Error())
		case isNew:
			done++
		}
		if seen%100 == 0 {
			fmt.Fprintf(out, "%d revisados, %d recibidos\n", seen, done)
		}
		return ctx.Err()
	})
	fmt.Fprintf(out, "%d correos revisados, %d recibidos ahora, %d con error.\n", seen, done, len(failed))
	if err == nil && len(failed) > 0 {
		err = errors.New(strings.Join(failed, "\n"))
	}
	return err
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

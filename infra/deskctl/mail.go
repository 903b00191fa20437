package main

import (
	"context"

	"mesa/shared/awsclient"
	"mesa/shared/intake"
	"mesa/shared/s3store"
)

type mailCmd struct {
	Classify mailClassifyCmd `cmd:"" help:"Clasifica los correos cuyas rutas lee, una línea JSON por cada uno. · Classifies the mails whose paths it reads, one JSON line each."`
	Replay   mailReplayCmd   `cmd:"" help:"Recibe otra vez los correos guardados que no tienen registro. · Receives again stored mail that has no record."`
	Preview  mailPreviewCmd  `cmd:"" help:"Escribe todos los correos que envía la mesa, para verlos. · Writes every mail that the desk sends, to look at."`
	Explain  mailExplainCmd  `cmd:"" help:"Dice qué haría la mesa con un correo, regla por regla. · Says what the desk would do with a mail, rule by rule."`
}

// mailIn is the running desk's mail, as its function receives it.
type mailIn struct {
	*intake.Intake
	bucket *s3store.Bucket // of the raw mails
}

// intake finds the desk and its mail.
func (c *cli) intake(ctx context.Context) (mailIn, error) {
	d, err := c.connect(ctx, "DESK_MAIL_BUCKET", "DESK_FILES_BUCKET", "DESK_LINK_KEY_SECRET", "DESK_MAIL_DOMAIN")
	if err != nil {
		return mailIn{}, err
	}
	bucket := s3store.Open(d.AWS, d.Values.MailBucket)
	return mailIn{&intake.Intake{Store: d.Store, Raw: bucket, Files: s3store.Open(d.AWS, d.Values.FilesBucket), Road: d.Road, Directory: d.Store, Settings: d.Store, Feedback: d.Feedback(),
		Marks: awsclient.Marks(d.Keys(d.Values)), Now: d.Now, Domain: d.Values.MailDomain, Region: d.AWS.Region}, bucket}, nil
}

package main

import (
	"mesa/shared/absence"
	"mesa/shared/awsclient"
	"mesa/shared/config"
	"mesa/shared/feedback"
	"mesa/shared/intake"
	"mesa/shared/kmsclient"
	"mesa/shared/machines"
	"mesa/shared/portal"
	"mesa/shared/register"
	"mesa/shared/s3store"
	"mesa/shared/sesclient"
	"mesa/shared/session"
	"mesa/shared/upload"
	"mesa/shared/web"
)

// site is the portal on the desk's own adapters.
func site(base *awsclient.Base, v config.Values, pages *web.Pages) *portal.Portal {
	files := s3store.Open(base.AWS, v.FilesBucket)
	return &portal.Portal{
		Lists: base.Store, Reader: base.Reader, Road: base.Road, Rooms: base.Reader, Identities: base.Store, Files: files, Pages: pages,
		Uploads:  &upload.Desk{Storage: files, Road: base.Road, NewID: session.Random},
		Held:     &intake.Held{Store: base.Store, Raw: s3store.Open(base.AWS, v.MailBucket), Files: files, Road: base.Road, Directory: base.Store, Now: base.Now},
		Machines: &machines.Retrier{Store: base.Store, Now: base.Now}, Letters: base.Store, Policies: base.Store, Calendars: base.Store,
		Addresses: &feedback.Addresses{Desk: base.Feedback(), Store: base.Store, Provider: sesclient.Open(base.AWS)},
		Absences:  &absence.Desk{Store: base.Store, Now: base.Now},
		Registers: &register.Desk{Store: base.Store, Now: base.Now},
		Sealer:    kmsclient.NewSealer(base.AWS, v.CredentialKey),
		Issuer:    issuer(base, v), Cookies: cookies(base, v),
		Now: base.Now, BaseURL: v.BaseURL, Institutions: base.Store, Local: v.Local(),
	}
}

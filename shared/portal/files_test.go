package portal_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"mesa/shared/desk"
	"mesa/shared/upload"
)

const storageURL = "https://files.example"

// send sends the form of a files page to the storage, which then has the file,
// and returns where the storage would send the browser.
func (s *site) send(t *testing.T, p page, purpose, name string, bytes int64) (back string) {
	t.Helper()
	form := p.form(t, storageURL)
	fields := map[string]string{}
	for field := range form {
		fields[field] = form.Get(field)
	}
	fields[upload.PurposeField] = ""
	s.storage.Send(fields, purpose, name, bytes)
	to, err := url.Parse(form.Get("success_action_redirect"))
	if err != nil || !strings.HasPrefix(form.Get("success_action_redirect"), origin+"/tickets/") {
		t.Fatalf("the storage is to send the browser to %q: %v", form.Get("success_action_redirect"), err)
	}
	return to.Path + "?" + url.Values{"bucket": {"b"}, "key": {form.Get("key")}, "etag": {`"x"`}}.Encode()
}

func TestFileIsSentToTheStorageAndThenToTheCase(t *testing.T) {
	s := newSite(t)
	id := s.Open85()
	path := "/tickets/" + string(s.number(t, id)) + "/files"
	asker := s.as(t, "usuaria-administracion-1")
	form := asker.get(path).want(t, http.StatusOK, "Este caso todavía no tiene archivos", "de hasta 10 MB", "Foto, captura u otro")
	form.lacks(t, "Archivo de actualización del pase")
	back := s.send(t, form, "other", "captura.png", 2048)
	arrived := asker.get(back)
	if arrived.status != http.StatusSeeOther || arrived.location != path+"?added=1" {
		t.Fatalf("told the case: %d to %q", arrived.status, arrived.location)
	}
	asker.follow(arrived).want(t, http.StatusOK, "Archivo adjuntado: captura.png", "2 kB", "Sin revisar", "Usuaria/o 1 de Administración")
	asker.follow(asker.get(back)).want(t, http.StatusOK, "captura.png") // the address opened again
	if records := len(mustRecords(t, s, id)); records != 2 {
		t.Errorf("%d acts, want the opening and the file", records)
	}
	ticket := "/tickets/" + string(s.number(t, id))
	asker.get(ticket).want(t, http.StatusOK, "Archivo adjuntado: Foto, captura u otro", "captura.png", "Adjuntar archivos")
	if got := s.as(t, "especialista-mesa").get(path + "/2/0").location; !strings.HasPrefix(got, storageURL+"/files/"+string(id)+"/") || !strings.HasSuffix(got, "?as=captura.png") {
		t.Errorf("staff download from %q", got)
	}
}

func mustRecords(t *testing.T, s *site, id desk.TicketID) []desk.Record {
	t.Helper()
	records, err := s.Store.Records(t.Context(), id, 0)
	if err != nil {
		t.Fatal(err)
	}
	return records
}

// The page lets its form go to the storage, and nowhere else.
func TestFilesPageMayPostToTheStorageOnly(t *testing.T) {
	s := newSite(t)
	path := "/tickets/" + string(s.number(t, s.Open85())) + "/files"
	asker := s.as(t, "usuaria-administracion-1")
	if got := asker.get(path).policy; !strings.Contains(got, "form-action 'self' "+storageURL+";") {
		t.Errorf("policy %q", got)
	}
}

func TestWhatMayNotBeAttachedIsSaidOnThePage(t *testing.T) {
	for name, test := range map[string]struct {
		purpose string
		bytes   int64
		want    string
	}{
		"too large":          {"other", 14 << 20, "El archivo pesa 14 MB y el máximo es 10 MB."},
		"empty":              {"other", 0, "El archivo está vacío"},
		"a purpose of staff": {"pase", 5, "Elija para qué es el archivo"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			id := s.Open81()
			asker := s.as(t, "usuaria-ut-piura-1")
			path := "/tickets/" + string(s.number(t, id)) + "/files"
			back := s.send(t, asker.get(path), test.purpose, "a.bin", test.bytes)
			asker.get(back).want(t, http.StatusUnprocessableEntity, "Hay un problema", test.want, "Subir archivo")
			if s.Load(id).Ticket.Version != 1 || s.storage.Copies != 0 {
				t.Errorf("version %d, %d copies", s.Load(id).Ticket.Version, s.storage.Copies)
			}
		})
	}
}

// F39: neither the case, nor a file of it, nor one that is on its way is anybody
// else's.
func TestFilesAreNobodyElses(t *testing.T) {
	s := newSite(t)
	id := s.Open85()
	path := "/tickets/" + string(s.number(t, id)) + "/files"
	asker, stranger, staff := s.as(t, "usuaria-administracion-1"), s.as(t, "usuaria-ut-tacna-1"), s.as(t, "especialista-mesa")
	back := s.send(t, asker.get(path), "other", "a.txt", 5)
	for _, to := range []string{path, back, path + "/1/0", path + "/2/0"} {
		stranger.get(to).want(t, http.StatusNotFound, "No encontramos ese caso")
	}
	staff.get(back).want(t, http.StatusUnprocessableEntity, "Ese archivo no llegó")
	asker.get(path+"/"+strings.Repeat("0", 32)).want(t, http.StatusUnprocessableEntity, "Ese archivo no llegó")
	if v := s.Load(id).Ticket.Version; v != 1 {
		t.Errorf("version %d", v)
	}
}

// R74: Desarrollo attaches the files of the pase from its page; who asked never
// sees them.
func TestPaseIsMadeOfAttachedFiles(t *testing.T) {
	s := newSite(t)
	id := s.Open81()
	s.Do("jefa-ut-piura", desk.ActApprove, id)
	s.Do("jefa-supervision", desk.ActApprove, id)
	s.Do("desarrollo-1", desk.ActTake, id)
	number := s.number(t, id)
	path, act := "/tickets/"+string(number)+"/files", "/tickets/"+string(number)+"/acts/hand-over"
	developer := s.as(t, "desarrollo-1")
	form := developer.get(act).want(t, http.StatusOK, "Ninguno todavía", "Adjuntar archivos de actualización")
	developer.post(act, fill(form.form(t, act), "pase_description", "Corrige", "pase_rollback", "Restaurar")).
		want(t, http.StatusUnprocessableEntity, "Falta la carpeta de pase: adjunte los archivos o escriba dónde están.")
	updates := developer.get(path + "?for=pase")
	if got := updates.form(t, storageURL).Get(upload.PurposeField); got != "pase" {
		t.Errorf("the page of the pase's files offers %q first", got)
	}
	developer.get(s.send(t, updates, "pase", "corrige.sql", 900))
	developer.get(act).want(t, http.StatusOK, "corrige.sql")
	developer.do(number, desk.ActHandOver, "pase_description", "Corrige", "pase_rollback", "Restaurar").want(t, http.StatusOK, "Pase n.º 1", "corrige.sql")
	s.as(t, "base-de-datos-1").get(path).want(t, http.StatusOK, "corrige.sql", "Archivo de actualización del pase")
	asker := s.as(t, "usuaria-ut-piura-1")
	for _, shown := range []page{asker.get(path), asker.get("/tickets/" + string(number))} {
		shown.lacks(t, "corrige.sql", "actualización")
	}
	for _, seq := range []string{"5", "6"} {
		asker.get(path+"/"+seq+"/0").want(t, http.StatusNotFound)
	}
}

// Crafted names are shown and saved as what they are.
func TestCraftedNamesHarmNobody(t *testing.T) {
	s := newSite(t)
	id := s.Open85()
	path := "/tickets/" + string(s.number(t, id)) + "/files"
	asker := s.as(t, "usuaria-administracion-1")
	for _, name := range []string{"<img src=x onerror=alert(1)>.png", "a\r\nSet-Cookie: x=1.pdf", "informe\u202efdp.exe", `..\..\boot.ini`, strings.Repeat("ñ", 300) + ".pdf", `"; filename="b.html`} {
		asker.get(s.send(t, asker.get(path), "other", name, 5))
	}
	shown := asker.get(path).want(t, http.StatusOK, "<img src=x onerror=alert(1)>.png", "aSet-Cookie: x=1.pdf", "informefdp.exe", "boot.ini", "….pdf")
	shown.lacks(t, "<img src=x", "\u202e", `..\`)
	for _, rec := range mustRecords(t, s, id)[1:] {
		if n := len([]rune(rec.Files[0].Name)); n > 120 {
			t.Errorf("%q is kept, %d characters long", rec.Files[0].Name, n)
		}
	}
}

// R126: a form that came by mail counts once somebody says what it is; it stands
// in the list once.
func TestMailedFileIsToldWhatItIsFor(t *testing.T) {
	s := newSite(t)
	id := s.Open85()
	act := s.Act("", desk.ActComment, id, "message", "Adjunto.", "sender", "usuaria-administracion-1")
	act.Channel, act.Actor.Assurance = desk.ChannelMail, desk.AssuredSelf
	act.Files = []desk.Attachment{{Name: "foto del error.jpg", Bytes: 9, Key: "mail/m1/0"}}
	if _, err := s.Road.Perform(t.Context(), act); err != nil {
		t.Fatal(err)
	}
	path := "/tickets/" + string(s.number(t, id)) + "/files"
	staff := s.as(t, "especialista-mesa")
	form := staff.get(path).want(t, http.StatusOK, "Llegaron por correo", "foto del error.jpg").form(t, path)
	staff.post(path, fill(form, "file", "2/0", "purpose", "pase")).want(t, http.StatusUnprocessableEntity, "Elija para qué es el archivo")
	for range 2 {
		staff.follow(staff.post(path, fill(form, "file", "2/0", "purpose", "other"))).want(t, http.StatusOK, "Foto, captura u otro")
	}
	staff.get(path).lacks(t, "Llegaron por correo")
	if got := strings.Count(staff.get(path).body, "foto del error.jpg</a>"); got != 1 {
		t.Errorf("the file is listed %d times", got)
	}
	if x := s.Load(id).Ticket; !x.Files.Has(desk.OtherFile) || x.Version != 3 {
		t.Errorf("version %d with files %b", x.Version, x.Files)
	}
	s.as(t, "usuaria-ut-tacna-1").post(path, fill(form, "file", "2/0", "purpose", "other")).want(t, http.StatusForbidden) // not their form
}

// What a mail calls its attachments is not believed either, and a file whose
// bytes were not kept leads nowhere.
func TestMailedFilesAreSavedUnderHarmlessNames(t *testing.T) {
	s := newSite(t)
	id := s.Open85()
	act := s.Act("", desk.ActComment, id, "message", "Adjunto.", "sender", "usuaria-administracion-1")
	act.Channel, act.Actor.Assurance = desk.ChannelMail, desk.AssuredSelf
	act.Files = []desk.Attachment{{Name: "..\\informe\u202efdp.exe", Bytes: 9, Key: "mail/m1/0"}, {Name: "virus.exe", Bytes: 9}}
	if _, err := s.Road.Perform(t.Context(), act); err != nil {
		t.Fatal(err)
	}
	path := "/tickets/" + string(s.number(t, id)) + "/files"
	staff := s.as(t, "especialista-mesa")
	if got := staff.get(path + "/2/0").location; got != storageURL+"/mail/m1/0?as=informefdp.exe" {
		t.Errorf("saved from %q", got)
	}
	staff.get(path+"/2/1").want(t, http.StatusNotFound)
	staff.get(path).want(t, http.StatusOK, "virus.exe").lacks(t, "/2/1")
}

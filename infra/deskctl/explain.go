package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	deskword "mesa/shared/desk"
	"mesa/shared/flow"
	"mesa/shared/intake"
	"mesa/shared/mail"
	"mesa/shared/thread"
)

type mailExplainCmd struct {
	File      string   `arg:"" help:"Correo en un archivo .eml; «-» lo lee de la entrada estándar. · A mail in an .eml file; - reads it from standard input." type:"path"`
	Verdicts  string   `help:"Resultados de SES, por ejemplo dmarc=FAIL,spam=PASS; los que no se dicen son PASS. · SES's verdicts; those not named are PASS."`
	Recipient []string `help:"Dirección a la que llegó; puede repetirse. · An address that it reached; may be repeated."`
	FromKnown bool     `help:"El remitente está en el directorio. · The sender is in the directory." default:"true" negatable:""`
	OwnDomain []string `help:"Dominio de la institución; puede repetirse. · A domain of the institution; may be repeated."`
	SignedBy  []string `help:"Dominio cuya firma DKIM SES dio por buena; puede repetirse. · A domain whose DKIM signature SES found good; may be repeated."`
	Address   []string `help:"Dirección propia de la mesa, cuyos correos se descartan; puede repetirse. · An address of the desk's own, whose mail is dropped; may be repeated."`
	Belongs   bool     `help:"Quien escribe participa del caso cuyo número está en el asunto. · The sender belongs to the case whose number stands in the subject." default:"true" negatable:""`
	Desk      bool     `help:"Con el directorio, los casos y los correos de la mesa en marcha. · With the directory, the cases and the mail of the running desk."`
	JSON      bool     `name:"json" help:"Para programas: el juicio como JSON. · For programs: the judgement as JSON."`
}

// Help tells what is supposed and what the exit codes mean.
func (mailExplainCmd) Help() string {
	return `Dice qué haría la mesa con un correo, regla por regla, sin guardar ni enviar nada. Es el código de la función mail-in. Lo que no está en el correo se supone: el remitente está en el directorio y verificado, ningún correo se recibió antes, y el caso que nombra el asunto existe. Con --desk se pregunta a la mesa quién escribe, de qué caso es y si participa; un correo que ya se recibió se explica como si fuera nuevo. Se admite la línea «From » de un buzón mbox.

Código de salida: 0 explicado, 1 no se pudo leer el archivo, 2 mal usado.

· Says what the desk would do with a mail, rule by rule; nothing is stored or sent. It is the code of the mail-in function. What does not stand in the mail is supposed: the sender is in the directory and verified, no mail was received before, and the case that the subject names exists. With --desk the desk is asked who writes, to which case it belongs and whether they take part; a mail received before is explained as if it were new. A leading mbox "From " line is accepted. Exit code: 0 explained, 1 the file could not be read, 2 used wrongly.`
}

// Validate refuses circumstances that there are not; the parser calls it.
func (e mailExplainCmd) Validate() error {
	_, err := mail.Verdicts{}.With(e.Verdicts)
	return err
}

// Run judges the mail in the circumstances given, and prints why.
func (e mailExplainCmd) Run(ctx context.Context, c *cli, std *streams) error {
	raw, err := e.read(std.in)
	if err != nil {
		return err
	}
	msg := mail.Parse(raw)
	receipt, known, err := e.suppose(&msg)
	if err != nil {
		return err
	}
	if e.Desk {
		in, err := c.intake(ctx)
		if err != nil {
			return err
		}
		if known, err = e.ask(ctx, in, &msg, receipt); err != nil {
			return err
		}
	}
	judged := mail.Judge(&msg, receipt, known)
	if e.JSON {
		encoder := json.NewEncoder(std.out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(judged)
	}
	return explain(std.out, &msg, receipt, known, judged)
}

// read takes the mail from its file, or from standard input.
func (e mailExplainCmd) read(in io.Reader) ([]byte, error) {
	if e.File != "-" {
		return readMail(e.File)
	}
	raw, err := io.ReadAll(io.LimitReader(in, intake.MaxRaw+1))
	if err == nil && len(raw) > intake.MaxRaw {
		err = fmt.Errorf("el correo pasa de %d MB, lo que SES recibe", intake.MaxRaw>>20)
	}
	return raw, err
}

// suppose are the circumstances of the judgement.
func (e mailExplainCmd) suppose(msg *mail.Message) (receipt mail.Receipt, known mail.Known, err error) {
	receipt, known = mail.Suppose(msg)
	receipt.Recipients, receipt.SignedBy = e.Recipient, e.SignedBy
	known.Addresses, known.Domains = e.Address, e.OwnDomain
	if !e.FromKnown {
		known.Person = ""
	}
	if number, ok := thread.FindNumber(msg.Subject); ok {
		known.Candidates = []mail.Candidate{{Ticket: deskword.TicketID(number), By: mail.BySubject, Belongs: e.Belongs && e.FromKnown}}
	}
	receipt.Verdicts, err = receipt.Verdicts.With(e.Verdicts)
	return receipt, known, err
}

// asked is the desk as an explanation needs it.
type asked interface {
	Facts(ctx context.Context, msg *mail.Message, r mail.Receipt) (mail.Known, error)
}

// ask takes the facts from the desk; what a flag says of them goes before. That
// the mail was received is known to who asks why.
func (e mailExplainCmd) ask(ctx context.Context, from asked, msg *mail.Message, receipt mail.Receipt) (mail.Known, error) {
	known, err := from.Facts(ctx, msg, receipt)
	if err != nil {
		return known, fmt.Errorf("preguntar a la mesa: %w", err)
	}
	known.Seen, known.SeenTicket = "", ""
	known.Addresses, known.Domains = append(known.Addresses, e.Address...), append(known.Domains, e.OwnDomain...)
	if !e.FromKnown {
		known.Person = ""
	}
	for i := range known.Candidates {
		known.Candidates[i].Belongs = known.Candidates[i].Belongs && e.Belongs && e.FromKnown
	}
	return known, nil
}

// explain writes the judgement for people.
func explain(out io.Writer, msg *mail.Message, receipt mail.Receipt, known mail.Known, judged mail.Judgement) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	row := func(label, value string) { fmt.Fprintf(table, "%s\t%s\n", label, orNothing(value)) }
	row("De", writtenAs(msg.From))
	row("Para", writtenAs(append(msg.To, msg.Cc...)...))
	row("Recibido en", strings.Join(receipt.Recipients, ", "))
	row("Asunto", msg.Subject)
	row("Adjuntos", attachmentsOf(msg))
	explainAnnex(msg, row)
	row("Responde a", strings.Join(msg.InReplyTo, ", "))
	for _, note := range msg.Notes {
		row("Nota", string(note))
	}
	row("Se supone", supposed(receipt, known))
	fmt.Fprintln(table)
	for i, step := range judged.Why {
		row(fmt.Sprintf("%2d. %s", i+1, step.Title()), stepSays(step))
	}
	fmt.Fprintln(table)
	row("Decisión", mail.Explain(judged.Decision)+" ("+string(judged.Decision)+")")
	row("Caso", string(judged.Ticket))
	row("Actúa como", actsAs(judged))
	row("Respuesta", mail.ExplainAnswer(judged.Answer))
	return table.Flush()
}

func stepSays(s mail.Step) string {
	switch {
	case s.Hit:
		return "SÍ: " + s.Says
	case s.Says != "":
		return "no: " + s.Says
	}
	return "no"
}

// actsAs is what power the mail has.
func actsAs(j mail.Judgement) string {
	switch {
	case j.Person != "":
		return "la persona del directorio que tiene esa dirección"
	case j.Verified:
		return "nadie: está verificado, pero la dirección no es del directorio"
	case j.Claims != "" && (j.Decision == mail.OpenTicket || j.Decision == mail.AddComment):
		return "nadie: «sin verificar» hasta que Nivel 1 confirme a quien escribe"
	}
	return "nadie"
}

func supposed(receipt mail.Receipt, known mail.Known) string {
	person := "remitente del directorio"
	switch known.Person {
	case "":
		person = "remitente que no está en el directorio"
	case mail.Supposed:
	default:
		person += " (" + string(known.Person) + ")"
	}
	said := []string{person, receipt.Verdicts.String()}
	if len(receipt.SignedBy) > 0 {
		said = append(said, "firmado por "+strings.Join(receipt.SignedBy, ", "))
	}
	for _, c := range known.Candidates {
		part := "quien escribe participa del caso "
		if !c.Belongs {
			part = "quien escribe no participa del caso "
		}
		said = append(said, part+string(c.Ticket))
	}
	return strings.Join(said, "; ")
}

func attachmentsOf(msg *mail.Message) string {
	var list []string
	for _, a := range msg.Attachments {
		list = append(list, fmt.Sprintf("%s (%s)", a.Name, flow.FileSize(int64(a.Size))))
	}
	return strings.Join(list, ", ")
}

func writtenAs(addresses ...mail.Address) string {
	var list []string
	for _, a := range addresses {
		switch {
		case a.Name == "":
			list = append(list, a.Address)
		default:
			list = append(list, a.Name+" <"+a.Address+">")
		}
	}
	return strings.Join(list, ", ")
}

func orNothing(value string) string {
	if value == "" {
		return "—"
	}
	return value
}

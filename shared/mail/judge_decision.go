package mail

// decision reads a reply to a mail that asks to decide (8.1.4). It decides only
// where nothing is in doubt: the service may be decided so, the sender is proved,
// is asked in the open stage and answers a mail of the case, and the first line
// is clear. In every other case the reply is a comment, as all replies are.
func (j *judging) decision() (bool, string) {
	c, found := j.known.best()
	vote := ReadVote(j.OwnText, j.From.Name)
	switch {
	case !found && vote.Speaks:
		return false, "habla de aprobar o rechazar, pero no responde a ningún caso"
	case !c.Asked && !vote.Speaks:
		return false, ""
	}
	if j.out.NoVote = j.noVote(c, vote); j.out.NoVote != "" {
		return false, "no es una decisión: " + j.out.NoVote
	}
	verified := j.who()
	j.out.Ticket, j.out.By, j.out.Vote = c.Ticket, c.By, &vote
	return j.decide(AddComment, "decisión por respuesta, "+string(vote.Choice)+"; "+verified)
}

// noVote says why a reply is no decision, "" if it is one. What the sender cannot
// mend by other words comes first.
func (j *judging) noVote(c Candidate, vote Vote) string {
	verified, _ := Verified(j.Message, j.receipt, j.known.Domains)
	switch {
	case !c.Asked:
		return "ahora no se le pide decidir en este caso"
	case !c.ByReply:
		return "este servicio no se decide respondiendo el correo"
	case !verified:
		return "no pudimos comprobar quién envió el correo"
	case !c.By.proves():
		return "no responde al correo que le pide decidir"
	case !j.receipt.At.IsZero() && j.receipt.At.Before(c.Since):
		return "lo envió antes de que se le pidiera esta decisión"
	}
	return vote.Why
}

// explainLink has the sender told why the mail decided nothing and how to decide.
// Only a comment is answered: a person who is proved, or the one whose address it
// shows, at that very address, if whoever wrote saw a mail of the case. Programs
// and lists never are.
func (j *judging) explainLink() {
	c, _ := j.known.best()
	known := j.out.Person != "" || c.Asked && c.By.proves() && j.Senders == 1
	if j.out.NoVote == "" || j.out.Decision != AddComment || !known || j.quiet() {
		j.out.NoVote = ""
		return
	}
	j.out.Answer = UseTheLink
}

// quiet: whoever wrote wants no automatic answer, or reads none.
func (j *judging) quiet() bool { return j.Auto.NoAnswer || noReply().MatchString(j.From.Address) }

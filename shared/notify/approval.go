package notify

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// approval says as what the reader decides, at which stage, and what follows.
func (g gathering) approval() {
	t, stage := g.about.Ticket, g.n.Stage
	if stage == "" {
		stage = t.Stage
	}
	who := desk.Asked{Person: g.n.Audience.Person, For: g.n.Audience.For}
	switch g.n.Message {
	case desk.MailDecided:
		who.For = g.about.Actor.For
		g.put(keyMedium, flow.DecidedFrom(g.about.Actor.Assurance), maxName)
		g.put(keyInstead, oneLine(g.about.People.Name(who.For)), maxName)
	case desk.MailNoApprover, desk.MailNotMine:
		who = desk.Asked{Person: g.about.Actor.Person, For: g.about.Actor.For}
	}
	if who.Person != "" && who.Person != desk.Clock && g.n.Message != desk.MailNoApprover {
		g.put(keyPost, inSentence(g.post(who, stage)), maxName)
	}
	all := flow.Stages(t.Flow, t.Territorial)
	if i := slices.Index(all, stage); i >= 0 {
		g.put(keyStage, string('1'+rune(i)), 1)
		g.put(keyStages, string('0'+rune(len(all))), 1)
		g.put(keyThen, g.follows(all[i+1:]), maxExcerpt)
	}
	if g.n.Message == desk.MailDecideAgain || g.n.Message == desk.MailDecide && g.n.Round > 1 || g.n.Message == desk.MailNoApprover {
		g.put(keySince, stamp(t.StageAt.At), maxName)
	}
}

func (g gathering) post(who desk.Asked, stage desk.Stage) string {
	t := g.about.Ticket
	return oneLine(g.about.People.PostOf(who, stage, t.Requester, t.Unit, g.about.At))
}

// decider is the post by which the actor rejected, for the person who asked.
func (g gathering) decider() string {
	t, who := g.about.Ticket, desk.Asked{Person: g.about.Actor.Person, For: g.about.Actor.For}
	for _, stage := range flow.Stages(t.Flow, t.Territorial) {
		if title := g.post(who, stage); title != "" {
			return inSentence(title)
		}
	}
	return ""
}

// follows is what comes after the reader's stage. Who is asked at the next one
// too is told that one decision stands for both: before it, and with its constancia.
func (g gathering) follows(rest []desk.Stage) string {
	t := g.about.Ticket
	if g.n.Data["both"] != "" || g.n.Message == desk.MailDecided && len(rest) > 0 && t.Stage == "" {
		return "su decisión vale para las dos etapas, que le corresponden, y " + afterStage(t.Flow, nil)
	}
	return afterStage(t.Flow, rest)
}

// afterStage ends the sentence «Si aprueba, …».
func afterStage(f desk.FlowCode, rest []desk.Stage) string {
	switch {
	case slices.Contains(rest, desk.StageUO):
		return "decide después la/el jefa/e de la unidad orgánica de Sede Central"
	case f == desk.Flow83:
		return "la mesa de ayuda lo deriva al nivel que corresponde (8.3.3)"
	default:
		return "lo atiende el Equipo de Desarrollo, Nivel 2 (8.1.5)"
	}
}

// expects ends the sentence «Sigue: …» of the acknowledgement.
func (g gathering) expects() string {
	t := g.about.Ticket
	switch {
	case t.State == desk.PendingApproval && len(t.Asked) == 0:
		return "la mesa de ayuda ubica a quien debe decidir"
	case t.State == desk.PendingApproval:
		title := inSentence(g.post(t.Asked[0], t.Stage))
		if title == "" {
			title = "jefatura a quien corresponde"
		}
		return "decide " + withArticle(title) + " (" + stageClause(t) + ")"
	case t.Contact:
		return "la evalúa, en Nivel 1, " + g.attending()
	case t.Flow == desk.Flow82:
		return "la atiende " + g.attending()
	case t.Flow == desk.Flow84 && len(t.Missing) > 0:
		return "adjunte en su caso de PAU el formato de acceso y el anexo de compromiso; con ellos la atiende " + g.attending() + " (8.4.1)"
	default:
		return "la recibe y asigna " + g.attending()
	}
}

// attending is the team that has the case, the mesa de ayuda if none is named.
func (g gathering) attending() string {
	if name := g.teamName(); name != "" {
		return name
	}
	return "la mesa de ayuda"
}

// inSentence lowers the first letter of a title: «jefa/e de la UT Ejemplo».
func inSentence(title string) string {
	first, size := utf8.DecodeRuneInString(title)
	if size == 0 {
		return ""
	}
	return string(unicode.ToLower(first)) + title[size:]
}

// withArticle writes a post with the norm's double article.
func withArticle(title string) string {
	if title == "jefatura a quien corresponde" {
		return "la " + title
	}
	return "la/el " + title
}

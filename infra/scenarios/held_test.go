package scenarios_test

import (
	"context"
	"errors"
	"fmt"

	"mesa/infra/scenarios/rig"
)

// heldReader looks at the held mails for «expect held».
const heldReader = "informatica-mesa-1"

// expect [no] held subject~… [says~…]: a mail waits for a person's eyes on the
// portal, and its page says so.
func expectHeld(ctx context.Context, p *play, words []string) error {
	words, no := none(words)
	s, err := parseN(words, 0, "expect [no] held subject~… [says~…]")
	if err != nil {
		return err
	}
	b, err := p.desk.SignedIn(ctx, heldReader)
	if err != nil {
		return err
	}
	return rig.Until(ctx, waitLimit, func() error {
		address, found, err := p.heldMail(ctx, b, s.part["subject"])
		if err != nil || found == no {
			return errors.Join(err, fmt.Errorf("held with «%s»: %t", s.part["subject"], found))
		}
		if no {
			return nil
		}
		page, err := b.Get(ctx, address)
		if err != nil {
			return err
		}
		return asExpected(page, s)
	})
}

// heldMail finds the page of a held mail by its subject, however long the list is.
func (p *play) heldMail(ctx context.Context, b *rig.Browser, subject string) (address string, found bool, err error) {
	next := p.desk.WebURL + "/mail-quarantine"
	for more := true; more; {
		page, err := b.Get(ctx, next)
		if err != nil {
			return "", false, err
		}
		if address, found := page.Link(subject); found {
			return address, true, nil
		}
		next, more = page.Link("Siguientes")
	}
	return "", false, nil
}

// held PERSON release|attach|discard CASE subject~… [person=…] [reason=…]
// [says~…] [status=422]: settles a held mail on its page. A release names the case it becomes; a mail is
// attached to a case; «-» for one that is discarded.
func settleHeld(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 3, "held PERSON release|attach|discard CASE subject~… [person=…] [reason=…] [says~…]")
	if err != nil {
		return err
	}
	who, way, name := s.plain[0], s.plain[1], s.plain[2]
	expected := sentence{part: s.part, equal: map[string]string{"status": s.equal["status"]}}
	delete(s.equal, "status")
	b, err := p.desk.SignedIn(ctx, person(who))
	if err != nil {
		return err
	}
	address, err := p.openHeld(ctx, b, s.part["subject"])
	if err != nil {
		return err
	}
	page, err := b.Get(ctx, address)
	if err != nil {
		return err
	}
	form, err := page.Form(page.URL.Path + "/" + way)
	if err != nil {
		return err
	}
	if s.equal["person"] != "" {
		if s.equal["person"], err = p.desk.Address(s.equal["person"]); err != nil {
			return err
		}
	}
	if way == "attach" {
		s.equal["number"] = p.number(name)
	}
	if page, err = b.Submit(ctx, form, s.equal); err != nil {
		return err
	}
	if way == "release" && s.part["says"] == "" {
		return p.arrived(ctx, page, name)
	}
	return asExpected(page, expected)
}

// openHeld is the page of a held mail, once it waits.
func (p *play) openHeld(ctx context.Context, b *rig.Browser, subject string) (address string, err error) {
	err = rig.Until(ctx, waitLimit, func() error {
		var found bool
		address, found, err = p.heldMail(ctx, b, subject)
		if err == nil && !found {
			err = fmt.Errorf("no mail with «%s» waits", subject)
		}
		return err
	})
	return address, err
}

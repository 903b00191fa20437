package scenarios_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// policy sign-in|reply-decisions [SERVICE…], policy diagnosis wall|working: the
// operator sets which services are decided signed in, which by answering the mail
// too, and how the hour is counted; the desk believes a policy for a minute, so the
// clock moves past it.
func policy(ctx context.Context, p *play, words []string) error {
	if len(words) == 0 {
		return errors.New("write: policy sign-in|reply-decisions [SERVICE…], policy diagnosis wall|working, policy warnings [PERCENT…], or policy targets --priority=N …")
	}
	if _, err := p.desk.Deskctl(ctx, append([]string{"policy"}, words...)...); err != nil {
		return err
	}
	return clock(ctx, p, []string{"advance", "2m"})
}

// decide PERSON CASE choice=approve|reject [reason=…]: signed in, with the
// declaration instead of the digits.
func decide(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 2, "decide PERSON CASE choice=approve|reject [reason=…]")
	if err != nil {
		return err
	}
	b, err := p.desk.SignedIn(ctx, person(s.plain[0]))
	if err != nil {
		return err
	}
	ticket := "/tickets/" + p.number(s.plain[1])
	page, err := b.Get(ctx, p.desk.WebURL+ticket+"/decisions")
	if err != nil {
		return err
	}
	form, err := page.Form(ticket + "/decisions")
	if err != nil {
		return err
	}
	page, err = b.Submit(ctx, form, map[string]string{"choice": s.equal["choice"], "reason": s.equal["reason"], "declare": "yes"})
	if err == nil && (page.Status != http.StatusOK || page.URL.Path != ticket) {
		err = fmt.Errorf("ended at %s (%d): %.300s", page.URL.Path, page.Status, page.Text)
	}
	return err
}

// choose PERSON CASE=approve|reject|later… [reason=…]: marks decisions about
// several cases on «Aprobaciones» and sends them together.
func choose(ctx context.Context, p *play, words []string) error {
	s, err := parseN(words, 1, "choose PERSON CASE=approve|reject|later… [reason=…]")
	if err != nil {
		return err
	}
	b, err := p.desk.SignedIn(ctx, person(s.plain[0]))
	if err != nil {
		return err
	}
	page, err := b.Get(ctx, p.desk.WebURL+"/approvals")
	if err != nil {
		return err
	}
	form, err := page.Form("/approvals")
	if err != nil {
		return err
	}
	typed := map[string]string{"declare": "yes"}
	for name, choice := range s.equal {
		if name == "reason" {
			continue
		}
		typed["choice-"+p.number(name)] = choice
		if choice == "reject" {
			typed["reason-"+p.number(name)] = s.equal["reason"]
		}
	}
	page, err = b.Submit(ctx, form, typed)
	if err == nil && (page.Status != http.StatusOK || page.URL.Query().Get("decided") == "") {
		err = fmt.Errorf("ended at %s (%d): %.300s", page.URL, page.Status, page.Text)
	}
	return err
}

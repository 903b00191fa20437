package work

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"mesa/shared/desk"
)

// requestTexts are what was asked: the first act's, and what was given later
// where a mail or a call left it out (R104, R119). A form leaves nothing out but
// what it may.
func (r *Road) requestTexts(ctx context.Context, t desk.Ticket) (desk.Texts, error) {
	texts, err := r.Store.Texts(ctx, t.ID, 1)
	if err != nil || texts["description"] != "" && texts["subject"] != "" && !spoken(t) {
		return texts, err
	}
	records, err := r.Store.Records(ctx, t.ID, 1)
	if err != nil {
		return nil, err
	}
	all := desk.Texts{}
	maps.Copy(all, texts)
	for _, rec := range records {
		if rec.Act == desk.ActProvideData || rec.Act == desk.ActClassify {
			maps.Copy(all, rec.Texts)
		}
	}
	return all, nil
}

// spoken: it began as a mail or a call, whose data come bit by bit.
func spoken(t desk.Ticket) bool {
	return t.Channel == desk.ChannelMail || t.Channel == desk.ChannelPhone
}

// describe is subject and description as one register cell.
func describe(texts desk.Texts) string {
	return strings.Trim(texts["subject"]+". "+texts["description"], ". ")
}

// given are the fields a contact has already: nobody is asked for them again.
func (r *Road) given(ctx context.Context, t desk.Ticket) ([]string, error) {
	texts, err := r.requestTexts(ctx, t)
	return slices.Sorted(maps.Keys(texts)), err
}

// solution is what infrastructure wrote last of what it did and verified (R97).
func (r *Road) solution(ctx context.Context, id desk.TicketID) (desk.Texts, error) {
	records, err := r.Store.Records(ctx, id, 0)
	for _, rec := range slices.Backward(records) {
		if rec.Act == desk.ActInfraSolved {
			return rec.Texts, nil
		}
	}
	return nil, err
}

// question is what the requester is asked while a case waits for them: it stands
// in the texts of the act that began the pause (R72).
func (r *Road) question(ctx context.Context, t desk.Ticket) (string, error) {
	if t.State != desk.WaitingUser {
		return "", nil
	}
	texts, err := r.Store.Texts(ctx, t.ID, t.PauseAt.Seq)
	if err != nil {
		return "", fmt.Errorf("question of %s: %w", t.ID, err)
	}
	return texts["question"], nil
}

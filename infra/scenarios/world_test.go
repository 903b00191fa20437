package scenarios_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// morning: it is a working morning everywhere. morning next: ten o'clock of the
// next working day.
func morning(ctx context.Context, p *play, words []string) error {
	if len(words) == 1 && words[0] == "next" {
		return p.desk.NextMorning(ctx)
	}
	if len(words) == 1 && words[0] == "month" {
		ended, err := p.desk.NextMonth(ctx)
		p.month = ended.Format("2006-01")
		return err
	}
	return p.desk.Morning(ctx)
}

// clock advance 61m · clock to 2026-12-01T09:00 · clock holiday 15:00
func clock(ctx context.Context, p *play, words []string) error {
	if len(words) != 2 {
		return errors.New("write: clock advance 61m, or clock to 2026-12-01T09:00")
	}
	if words[0] == "advance" {
		by, err := time.ParseDuration(words[1])
		if err != nil {
			return err
		}
		p.moved, err = p.desk.Advance(ctx, by)
		return err
	}
	if words[0] == "holiday" { // its date, at an hour
		words[1] = p.holiday.Format(desk.DateLayout) + "T" + words[1]
	}
	at, err := flow.ParseTime(words[1])
	if err != nil {
		return err
	}
	p.moved, err = p.desk.MoveTo(ctx, at)
	return err
}

// verify [machines]: the operator's check finds nothing wrong with any ticket, or
// between open waits and their executions.
func verify(ctx context.Context, p *play, words []string) error {
	command := []string{"verify"}
	if len(words) > 0 {
		command = append(words, command...)
	}
	_, err := p.desk.Deskctl(ctx, command...)
	return err
}

// restart cloud: the local cloud ends and starts again.
func restart(ctx context.Context, p *play, _ []string) error {
	return p.desk.Control(ctx, "emulator/restart")
}

// crash outbox: the function's process dies where it stands (kill -9).
func crash(ctx context.Context, p *play, words []string) error {
	if len(words) != 1 {
		return errors.New("write: crash outbox")
	}
	return p.desk.Control(ctx, "functions/mesa-"+words[0]+"/kill")
}

// faults throttle 1: what happens to the next mails handed to the mail service.
func faults(ctx context.Context, p *play, words []string) error {
	if len(words) != 2 {
		return errors.New("write: faults throttle|refuse|lose|delay|bounce|complain 1")
	}
	return p.desk.Control(ctx, "mail-faults/"+words[0]+"/"+words[1])
}

// person is somebody a story names.
func person(name string) desk.PersonID { return desk.PersonID(name) }

// unlike says what differs, "" if nothing.
func unlike(what string, got, want any) string {
	if fmt.Sprint(got) == fmt.Sprint(want) {
		return ""
	}
	return fmt.Sprintf("%s is «%v», want «%v»", what, got, want)
}

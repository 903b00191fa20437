package rig

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"mesa/shared/desk"
	"mesa/shared/flow"
)

// Reader reads every ticket: the Jefatura UTI.
const Reader = desk.PersonID("jefa-uti")

// Case is a ticket as the API shows it, as far as tests look.
type Case struct {
	ID      desk.TicketID `json:"id"`
	Number  string        `json:"number"`
	Version int           `json:"version"`
	State   struct {
		Code desk.State `json:"code"`
		Name string     `json:"name"`
	} `json:"state"`
	Flow       *struct{ Code string } `json:"flow"`
	Level      int                    `json:"level"`
	Team       *struct{ ID string }   `json:"team"`
	Assignee   *struct{ ID string }   `json:"assignee"`
	Requester  *struct{ ID string }   `json:"requester"`
	Sede       *struct{ ID string }   `json:"sede"`
	Subject    string                 `json:"subject"`
	Channel    string                 `json:"channel"`
	Unverified bool                   `json:"unverified"`
	Missing    []string               `json:"missing"`
	Priority   struct {
		Level     int  `json:"level"`
		Suggested bool `json:"suggested"`
	} `json:"priority"`
	Acts []struct{ Act string } `json:"acts"`
	Row  *struct {
		Period string `json:"period"`
		Number int    `json:"number"`
	} `json:"registerRow"`
	Deliveries []Delivery `json:"deliveries"`
	History    []struct {
		Version int               `json:"version"`
		Act     string            `json:"act"`
		Texts   map[string]string `json:"texts"`
		Files   []struct {
			Name  string `json:"name"`
			Bytes int64  `json:"bytes"`
		} `json:"files"`
	} `json:"history"`
}

// Delivery is a mail of a case, and what became of it.
type Delivery struct {
	Ref     string `json:"ref"`
	Message string `json:"message"`
	To      string `json:"to"`
	State   string `json:"state"`
	Heard   struct {
		State string `json:"state"`
		Cause string `json:"cause"`
	} `json:"delivery"`
}

// Row is one line of the register as the API shows it.
type Row struct {
	Number      int    `json:"number"`
	Ticket      string `json:"ticket"`
	Requester   string `json:"requester"`
	Description string `json:"description"`
	Solution    string `json:"solution"`
	Typology    string `json:"typology"`
	State       string `json:"state"`
	Staff       string `json:"staff"`
}

// Refusal is an answer that is no success: RFC 9457.
type Refusal struct {
	Status  int    `json:"status"`
	Title   string `json:"title"`
	Detail  string `json:"detail"`
	Code    string `json:"code"`
	Clause  string `json:"clause"`
	Version int    `json:"version"`
	Errors  []struct {
		Pointer string `json:"pointer"`
		Detail  string `json:"detail"`
	} `json:"errors"`
}

// Error is everything a person would read.
func (r *Refusal) Error() string {
	s := fmt.Sprintf("%d %s: %s (%s) %s", r.Status, r.Code, r.Detail, r.Clause, r.Title)
	for _, e := range r.Errors {
		s += "\n" + e.Pointer + ": " + e.Detail
	}
	return s
}

// Token signs a person in through the user pool and keeps the access token.
func (d *Desk) Token(ctx context.Context, person desk.PersonID) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if token := d.tokens[person]; token != "" {
		return token, nil
	}
	address, err := d.Address(string(person))
	if err != nil {
		return "", err
	}
	token, err := d.Deskctl(ctx, "token", address)
	if err == nil {
		d.tokens[person] = token
	}
	return token, err
}

// NewKey is an idempotency key nobody used.
func NewKey() string { return rand.Text() }

// API sends a request with a person's token and decodes the answer into out;
// any answer but a success is a *Refusal.
func (d *Desk) API(ctx context.Context, person desk.PersonID, method, path, key string, body, out any) error {
	token, err := d.Token(ctx, person)
	if err != nil {
		return err
	}
	header := http.Header{"Authorization": {"Bearer " + token}}
	if key != "" {
		header.Set("Idempotency-Key", key)
	}
	var content []byte
	if body != nil {
		if content, err = json.Marshal(body); err != nil {
			return err
		}
		header.Set("Content-Type", "application/json")
	}
	status, answer, err := d.request(ctx, method, d.WebURL+path, header, content)
	if err != nil {
		return err
	}
	if status >= http.StatusBadRequest {
		refusal := &Refusal{Status: status}
		if json.Unmarshal(answer, refusal) != nil {
			refusal.Detail = string(answer)
		}
		return refusal
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(answer, out); err != nil {
		return fmt.Errorf("%s %s answered %q: %w", method, path, answer, err)
	}
	return nil
}

// request sends one HTTP request and reads the whole answer.
func (d *Desk) request(ctx context.Context, method, address string, header http.Header, body []byte) (int, []byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	if header != nil {
		r.Header = header
	}
	answer, err := d.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	return answer.StatusCode, content, err
}

// Submit posts the intranet form with a person's token.
func (d *Desk) Submit(ctx context.Context, person desk.PersonID, key string, fields map[string]string) (Case, error) {
	body := inputs(fields)
	var c Case
	err := d.API(ctx, person, http.MethodPost, "/v1/tickets", key, body, &c)
	return c, err
}

// inputs are a form's fields as the API takes them: a box is true or false, the
// rows of a table («schedule.1.date») are a list.
func inputs(fields map[string]string) map[string]any {
	body, rows := map[string]any{}, map[string][]map[string]string{}
	for name, value := range fields {
		table, column, isCell := strings.Cut(name, ".")
		row, column, _ := strings.Cut(column, ".")
		n, err := strconv.Atoi(row)
		switch {
		case isCell && err == nil && n > 0 && n < 100:
			for len(rows[table]) < n {
				rows[table] = append(rows[table], map[string]string{})
			}
			rows[table][n-1][column] = value
		case isBox(name):
			body[name] = value == "yes"
		default:
			body[name] = value
		}
	}
	for table, list := range rows {
		body[table] = list
	}
	return body
}

// isBox tells whether a field of an opening form is a box to tick.
func isBox(name string) bool {
	for _, row := range flow.Rows() {
		for _, f := range row.Fields {
			if row.Act == desk.ActOpen && f.Name == name && f.Kind == flow.Check {
				return true
			}
		}
	}
	return false
}

// Act performs an act on the ticket's present version.
func (d *Desk) Act(ctx context.Context, person desk.PersonID, number, act string, fields map[string]string) (Case, error) {
	now, err := d.Case(ctx, Reader, number)
	if err != nil {
		return Case{}, err
	}
	return d.ActOn(ctx, person, now, act, fields)
}

// ActOn performs an act on the version of the ticket that the person saw.
func (d *Desk) ActOn(ctx context.Context, person desk.PersonID, seen Case, act string, fields map[string]string) (Case, error) {
	body := map[string]any{"act": act, "version": seen.Version, "fields": inputs(fields)}
	var c Case
	err := d.API(ctx, person, http.MethodPost, "/v1/tickets/"+seen.Number+"/acts", "", body, &c)
	return c, err
}

// Case reads a ticket as a person may see it.
func (d *Desk) Case(ctx context.Context, person desk.PersonID, number string) (Case, error) {
	var c Case
	err := d.API(ctx, person, http.MethodGet, "/v1/tickets/"+url.PathEscape(number), "", nil, &c)
	return c, err
}

// Register reads the rows of a sede and month, all pages.
func (d *Desk) Register(ctx context.Context, sede, period string) ([]Row, error) {
	var rows []Row
	cursor := ""
	for {
		var page struct {
			Items []Row  `json:"items"`
			Next  string `json:"next"`
		}
		q := url.Values{"sede": {sede}, "period": {period}}
		if cursor != "" {
			q.Set("cursor", cursor)
		}
		if err := d.API(ctx, Reader, http.MethodGet, "/v1/register?"+q.Encode(), "", nil, &page); err != nil {
			return nil, err
		}
		rows = append(rows, page.Items...)
		if cursor = page.Next; cursor == "" {
			return rows, nil
		}
	}
}

// Period is the month of the register that a closing now belongs to.
func (d *Desk) Period(ctx context.Context) (string, error) {
	now, err := d.Now(ctx)
	return desk.Period(now), err
}

// Queue are the numbers of the cases in a team's list, all pages.
func (d *Desk) Queue(ctx context.Context, person desk.PersonID, queue string) ([]string, error) {
	var numbers []string
	cursor := ""
	for {
		var page struct {
			Items []Case `json:"items"`
			Next  string `json:"next"`
		}
		q := url.Values{"queue": {queue}}
		if cursor != "" {
			q.Set("cursor", cursor)
		}
		if err := d.API(ctx, person, http.MethodGet, "/v1/tickets?"+q.Encode(), "", nil, &page); err != nil {
			return nil, err
		}
		for _, c := range page.Items {
			numbers = append(numbers, c.Number)
		}
		if cursor = page.Next; cursor == "" {
			return numbers, nil
		}
	}
}

package notify

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
)

//go:embed migrations
var files embed.FS

// Migrations returns the table of notifications.
func Migrations() fs.FS { return db.Tables(files) }

// Message is something that staff should know.
type Message struct {
	To    []string // staff identifiers; one named twice is told once
	Kind  string   // what happened, such as "case.overdue"
	Title i18n.Text
	Body  i18n.Text // may be empty
	Link  string    // path of the console, such as "/cases/0198…"; may be empty
}

// Notification is a message to one person.
type Notification struct {
	ID        string    `json:"id"`
	StaffID   string    `json:"-"`
	Kind      string    `json:"kind"`
	Title     i18n.Text `json:"title"`
	Body      i18n.Text `json:"body"`
	Link      string    `json:"link"`
	CreatedAt time.Time `json:"created_at"`
	ReadAt    time.Time `json:"read_at,omitzero"`
}

// Address is how a person is reached outside of the console.
type Address struct {
	Email string // empty when there is none
	Lang  i18n.Lang
}

// Directory knows people's addresses at the moment of delivery.
type Directory interface {
	// Address returns how the person is reached; a zero Address for somebody
	// who is unknown or has left.
	Address(ctx context.Context, staffID string) (Address, error)
}

// Channel carries notifications to the outside.
type Channel interface {
	// Name tells channels apart in the queue: "smtp".
	Name() string
	// Deliver brings n to a person. An error is tried again unless it is
	// job.Fatal.
	Deliver(ctx context.Context, n Notification, to Address) error
}

// Service sends and shows notifications.
type Service struct {
	db        *db.DB
	queue     *job.Queue
	now       clock.Clock
	directory Directory
	channels  []Channel
}

// New returns the notifications of d, which also go out by the channels.
func New(d *db.DB, q *job.Queue, now clock.Clock, directory Directory, channels ...Channel) *Service {
	return &Service{d, q, now, directory, channels}
}

// delivery is the argument of a job.
type delivery struct {
	ID string `json:"id"`
}

func jobKind(c Channel) string { return "notify." + c.Name() }

// Send tells everybody in m.To, within the caller's transaction.
func (s *Service) Send(tx *db.Tx, m Message) (err error) {
	defer fault.Wrap(&err, "notify.Send(%s)", m.Kind)
	if err := m.check(); err != nil {
		return err
	}
	people := slices.Clone(m.To)
	slices.Sort(people)
	for _, staff := range slices.Compact(people) {
		n := Notification{ID: db.NewID(), StaffID: staff, Kind: m.Kind, Title: m.Title, Body: m.Body, Link: m.Link, CreatedAt: s.now()}
		if err := s.send(tx, n); err != nil {
			return err
		}
	}
	return nil
}

// Forget takes every notification with a link from those whom choose names of
// the people who have one: they may not know any more what it was about. What
// has been delivered to the outside is beyond reach.
func (s *Service) Forget(tx *db.Tx, link string, choose func(told []string) (from []string, err error)) (err error) {
	defer fault.Wrap(&err, "notify.Forget")
	told, err := toldOf(tx.Reader, link)
	if err != nil {
		return err
	}
	from, err := choose(told)
	if err != nil || len(from) == 0 {
		return err
	}
	return forget(tx, link, from)
}

func (s *Service) send(tx *db.Tx, n Notification) error {
	if err := insert(tx, n); err != nil {
		return err
	}
	for _, c := range s.channels {
		if err := s.queue.Enqueue(tx, jobKind(c), delivery{n.ID}); err != nil {
			return err
		}
	}
	return nil
}

// check finds mistakes of the calling module; a person can do nothing about
// them, so they are no faults.
func (m Message) check() error {
	switch {
	case m.Kind == "":
		return errors.New("a message has no kind")
	case slices.Contains(m.To, ""):
		return errors.New("a message is for nobody")
	case m.Title.ZH == "" || m.Title.EN == "":
		return errors.New("a message has no title in one of the languages")
	case (m.Body.ZH == "") != (m.Body.EN == ""):
		return errors.New("a message has a body in one language only")
	case !isPath(m.Link):
		return fmt.Errorf("the link %q is no path of the console", m.Link)
	}
	return nil
}

// isPath refuses links that a browser would take to another host, and those
// that would end a line of a mail.
func isPath(link string) bool {
	if link == "" {
		return true
	}
	foreign := strings.HasPrefix(link, "//") || strings.ContainsAny(link, "\\ ")
	control := strings.ContainsFunc(link, func(r rune) bool { return r < ' ' || r == 0x7f })
	return strings.HasPrefix(link, "/") && !foreign && !control
}

// Jobs returns the handlers that deliver to the outside.
func (s *Service) Jobs() []job.Handler {
	handlers := make([]job.Handler, len(s.channels))
	for i, c := range s.channels {
		handlers[i] = job.On(jobKind(c), func(ctx context.Context, d delivery) error { return s.deliver(ctx, c, d.ID) })
	}
	return handlers
}

func (s *Service) deliver(ctx context.Context, c Channel, id string) (err error) {
	defer fault.Wrap(&err, "notify.deliver(%s, %s)", c.Name(), id)
	var n Notification
	err = s.db.Read(ctx, func(r db.Reader) (err error) {
		n, err = byID(r, id)
		return err
	})
	if errors.Is(err, db.ErrNone) || err == nil && !n.ReadAt.IsZero() {
		return nil // gone, or seen already
	}
	if err != nil {
		return err
	}
	to, err := s.directory.Address(ctx, n.StaffID)
	if err != nil {
		return err
	}
	return c.Deliver(ctx, n, to)
}
